package io.nearfar.redeploy;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the jars lie: in the application, or among the libraries that its server shares out to all applications. */
enum Layout {
    /** All is the application's own. */
    APPLICATION("nearfar-provider|cache-api", "none"),
    /** All is the server's. */
    SERVER("none", "nearfar-provider|cache-api"),
    /** The server knows JCache, and the application brings the provider. */
    STANDARD_OF_SERVER("nearfar-provider", "cache-api"),
    /** All is the application's own, annotations and a CDI container among it. */
    ANNOTATIONS("nearfar-provider|nearfar-interceptors|cache-api", "none");

    private static final Path CDI_CONTAINER = Path.of("target", "cdi-container");

    private final String application;
    private final String server;

    Layout(String application, String server) {
        this.application = application;
        this.server = server;
    }

    boolean hasAnnotations() {
        return this == ANNOTATIONS;
    }

    List<Path> jarsOfApplication() {
        return hasAnnotations()
                ? Stream.concat(jars(application), files(CDI_CONTAINER).stream())
                        .toList()
                : jars(application).toList();
    }

    List<Path> jarsOfServer() {
        return jars(server).toList();
    }

    private static Stream<Path> jars(String names) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.getFileName().toString().matches("(" + names + ")-[0-9.]+(-SNAPSHOT)?\\.jar"));
    }

    /** Returns the files in a folder. */
    static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
