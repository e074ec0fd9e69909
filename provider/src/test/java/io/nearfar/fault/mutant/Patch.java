package io.nearfar.fault.mutant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One change of one file of the main code.
 *
 * @param file where it is below {@code src/main/java} or {@code src/main/resources}
 * @param text what must stand there exactly once; empty if the file must not be there yet
 * @param replacement what takes its place
 */
record Patch(String file, String text, String replacement) {
    private static final Path MAIN = Path.of("src", "main");
    private static final String PACKAGE = "io/nearfar/";

    /** Changes a class, named by its package below ours and its name. */
    static Patch ofClass(String name, String text, String replacement) {
        return new Patch(PACKAGE + name + ".java", text, replacement);
    }

    /** Changes a script of the far tier. */
    static Patch ofScript(String name, String text, String replacement) {
        return new Patch(PACKAGE + "far/" + name + ".lua", text, replacement);
    }

    /** Adds a script to the far tier. */
    static Patch newScript(String name, String script) {
        return new Patch(PACKAGE + "far/" + name + ".lua", "", script);
    }

    boolean isSource() {
        return file.endsWith(".java");
    }

    /** Returns what the file says in the main code. */
    String original() {
        Path path = MAIN.resolve(isSource() ? "java" : "resources").resolve(file);
        try {
            return text.isEmpty() && !Files.exists(path) ? "" : Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is not part of the main code any more", e);
        }
    }

    /** Returns {@code before} with this change. */
    String applied(String before) {
        if (text.isEmpty()) {
            return replacement;
        }
        int at = before.indexOf(text);
        if (at < 0 || before.indexOf(text, at + 1) >= 0) {
            throw new IllegalStateException("in " + file + " this must stand exactly once, and does not: " + text);
        }
        return before.substring(0, at) + replacement + before.substring(at + text.length());
    }
}
