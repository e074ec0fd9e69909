package io.nearfar.release;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The packages of one artifact that users may name, as they lie in its jar, or in its class folder where no jar was built yet. */
enum PublicPackages {
    PROVIDER("nearfar-provider", "io.nearfar.Tier", List.of("io.nearfar", "io.nearfar.spi")),
    INTERCEPTORS(
            "nearfar-interceptors",
            "io.nearfar.cdi.NearfarExtension",
            List.of(
                    "io.nearfar.cdi",
                    "io.nearfar.cdi.annotation",
                    "io.nearfar.cdi.fragment",
                    "io.nearfar.cdi.model",
                    "io.nearfar.cdi.request")),
    TESTKIT(
            "nearfar-testkit",
            "io.nearfar.testkit.NearfarTest",
            List.of("io.nearfar.testkit", "io.nearfar.testkit.fault", "io.nearfar.testkit.server")),
    TOMCAT("nearfar-tomcat", "io.nearfar.tomcat.NearfarSessionManager", List.of("io.nearfar.tomcat")),
    MICROMETER("nearfar-micrometer", "io.nearfar.micrometer.NearfarMetrics", List.of("io.nearfar.micrometer")),
    OPENTELEMETRY(
            "nearfar-opentelemetry",
            "io.nearfar.opentelemetry.NearfarInstruments",
            List.of("io.nearfar.opentelemetry"));

    private final String artifact;
    private final String inside;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> packages;

    PublicPackages(String artifact, String inside, List<String> packages) {
        this.artifact = artifact;
        this.inside = inside;
        this.packages = packages;
    }

    String artifact() {
        return artifact;
    }

    /** What users can name of it, a line for each class and member. */
    List<String> lines() throws IOException {
        Path place = place();
        if (Files.isDirectory(place)) {
            return lines(place);
        }
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
            return lines(jar.getPath("/"));
        }
    }

    private List<String> lines(Path root) throws IOException {
        Stream.Builder<String> lines = Stream.builder();
        for (String name : packages) {
            classes(root, name).flatMap(Signatures::of).forEach(lines);
        }
        return lines.build().toList();
    }

    private static Stream<Class<?>> classes(Path root, String name) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve(name.replace('.', '/')))) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(file -> file.matches("\\w+\\.class"))
                    .sorted()
                    .map(file -> name + "." + file.substring(0, file.length() - ".class".length()))
                    .<Class<?>>map(PublicPackages::load)
                    .toList()
                    .stream();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, PublicPackages.class.getClassLoader());
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException(name + " is not on the class path of this module", missing);
        }
    }

    private Path place() {
        return Path.of(URI.create(
                load(inside).getProtectionDomain().getCodeSource().getLocation().toString()));
    }
}
