package io.nearfar.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The jars that pages name, as the build has put them together. */
final class Libraries {
    private static final Path FOLDER = Path.of("target", "libraries");

    private Libraries() {}

    /** Returns the jar that a path ends with. */
    static Path named(String path) {
        Path jar = FOLDER.resolve(Path.of(path).getFileName());
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(jar + " is not there; mvn package puts it there");
        }
        return jar;
    }

    /** Copies the jar that a path below a folder ends with to that path. */
    static void copy(String path, Path folder) throws IOException {
        Path to = folder.resolve(path);
        Files.createDirectories(to.getParent());
        Files.copy(named(path), to);
    }
}
