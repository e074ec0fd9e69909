package io.nearfar.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** An application as a WAR. It answers {@code /ask/round} with the number of its deployment. */
interface War {
    /** Writes what is in it. */
    void fill(ZipOutputStream zip, int round) throws IOException;

    /** Writes it to a file, which is there with all that is in it at once; the one that was there before is replaced. */
    default void write(int round, Path file) throws IOException {
        Path whole = Files.createTempFile(file.getParent().getParent(), "probe", ".part");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(whole))) {
            fill(zip, round);
        }
        Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Adds a text. */
    static void add(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a file. */
    static void add(ZipOutputStream zip, String name, Path content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        Files.copy(content, zip);
    }

    /** Adds the classes of a package of the tests. */
    static void addClasses(ZipOutputStream zip, String folder) throws IOException {
        List<Path> classes;
        try (var files = Files.list(Path.of("target", "test-classes").resolve(folder))) {
            classes = files.filter(Files::isRegularFile).toList();
        }
        for (Path type : classes) {
            add(zip, "WEB-INF/classes/" + folder + "/" + type.getFileName(), type);
        }
    }
}
