package io.nearfar.fault.mutant;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Makes the classes and resources of a changed main code, in a folder that goes before the others on a class path. */
final class Mutation {
    private static final String SOURCES = "sources";
    private static final String CLASSES = "classes";

    private Mutation() {}

    /** Applies the patches, compiles what they touch, and returns the folder with the result. */
    static Path make(List<Patch> patches, Path folder) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Patch patch : patches) {
            texts.put(patch.file(), patch.applied(texts.getOrDefault(patch.file(), patch.original())));
        }
        List<Path> sources = new ArrayList<>();
        texts.forEach((file, text) -> {
            boolean source = file.endsWith(".java");
            Path written = write(folder.resolve(source ? SOURCES : CLASSES).resolve(file), text);
            if (source) {
                sources.add(written);
            }
        });
        Path classes = folder.resolve(CLASSES);
        if (!sources.isEmpty()) {
            compile(sources, classes);
        }
        return classes;
    }

    private static Path write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void compile(List<Path> sources, Path classes) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        List<String> options = List.of(
                "-proc:none",
                "-nowarn",
                "-parameters",
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path"));
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            Files.createDirectories(classes);
            if (!compiler.getTask(complaints, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call()) {
                throw new IllegalStateException("a mutant does not compile: " + complaints);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
