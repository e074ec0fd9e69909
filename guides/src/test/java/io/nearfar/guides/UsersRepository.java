package io.nearfar.guides;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The local repository of somebody who has put Nearfar into it. What others publish lies where the build itself keeps it, so
 * that nothing is loaded twice; what the build's repository has of Nearfar, which may be old, is not seen.
 */
final class UsersRepository {
    private static final Path OF_THE_BUILD = Path.of(System.getProperty("maven.repository"));
    private static final Path FOLDER = Path.of("target", "repository").toAbsolutePath();
    private static final String VERSION = System.getProperty("guides.version");

    private static boolean prepared;

    private UsersRepository() {}

    /** Returns its folder. It does not change afterwards: Open Liberty takes jars from there, and begins anew when they change. */
    static synchronized Path folder() throws IOException {
        if (!prepared) {
            prepare();
            prepared = true;
        }
        return FOLDER;
    }

    /** Puts the jars there that this build has packaged. */
    private static void prepare() throws IOException {
        link(OF_THE_BUILD, FOLDER, "io");
        link(OF_THE_BUILD.resolve("io"), FOLDER.resolve("io"), "nearfar");
        install("nearfar-parent", "pom", Path.of("../pom.xml"));
        install("nearfar-provider", "pom", Path.of("../provider/dependency-reduced-pom.xml"));
        install("nearfar-interceptors", "pom", Path.of("../interceptors/pom.xml"));
        for (String artifact : List.of("nearfar-provider", "nearfar-interceptors")) {
            install(artifact, "jar", packaged(artifact));
        }
    }

    /** Links all that is in a folder but for one. */
    private static void link(Path from, Path to, String but) throws IOException {
        Files.createDirectories(to);
        List<Path> all;
        try (Stream<Path> files = Files.list(from)) {
            all = files.filter(file -> !file.getFileName().toString().equals(but))
                    .toList();
        }
        for (Path file : all) {
            Path link = to.resolve(file.getFileName());
            if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(link, file);
            }
        }
    }

    private static void install(String artifact, String ending, Path file) throws IOException {
        Path folder = FOLDER.resolve(Path.of("io", "nearfar", artifact, VERSION));
        Files.createDirectories(folder);
        Files.copy(file, folder.resolve(artifact + "-" + VERSION + "." + ending), StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path packaged(String artifact) {
        String name = artifact + "-" + VERSION + ".jar";
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.getFileName().toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " is not packaged"));
    }
}
