package io.nearfar.packaged;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** The provider jar of this build, as it lies on the class path. */
public final class ProviderJar implements AutoCloseable {
    /** The package below which the jar holds everything that is not ours. */
    public static final String SHADED = "io.nearfar.shaded.";

    private final JarFile jar;

    private ProviderJar(JarFile jar) {
        this.jar = jar;
    }

    /** Opens the jar; fails where a class folder stands in its place, which is not what users get. */
    public static ProviderJar onTheClassPath() throws IOException {
        List<Path> found = classPath()
                .filter(path -> path.getFileName().toString().matches("nearfar-provider-(?!.*tests).*\\.jar"))
                .toList();
        if (found.size() != 1) {
            throw new IllegalStateException("wanted one nearfar-provider jar on the class path, found " + found
                    + "; run this module with the phase verify, so that the jar is built first");
        }
        return new ProviderJar(new JarFile(found.get(0).toFile()));
    }

    /** The names of all files in the jar, directories left out. */
    public Set<String> files() {
        return jar.stream()
                .filter(entry -> !entry.isDirectory())
                .map(JarEntry::getName)
                .collect(toUnmodifiableSet());
    }

    /** The bytes of one file of the jar. */
    public byte[] bytesOf(String file) {
        try (var in = jar.getInputStream(jar.getJarEntry(file))) {
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file + " in " + jar.getName(), unreadable);
        }
    }

    /** One file of the jar as text. */
    public String textOf(String file) {
        return new String(bytesOf(file), StandardCharsets.UTF_8);
    }

    /** Where it lies. */
    public Path path() {
        return Path.of(jar.getName());
    }

    public Manifest manifest() throws IOException {
        return jar.getManifest();
    }

    @Override
    public void close() throws IOException {
        jar.close();
    }

    private static Stream<Path> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of);
    }
}
