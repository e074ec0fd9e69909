package io.nearfar.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds lines of main code that mention the conformance kit: what ships must not know what tests it. */
public final class ForbiddenWords {
    private static final Pattern CONFORMANCE_KIT = Pattern.compile("(?i)\\btck\\b|jsr107");

    private ForbiddenWords() {}

    /** Each offending line below {@code folder}, as file, line number and text; empty if there is none. */
    public static List<String> below(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .flatMap(ForbiddenWords::offendingLines)
                    .toList();
        }
    }

    private static Stream<String> offendingLines(Path file) {
        List<String> lines = textOf(file).lines().toList();
        return IntStream.range(0, lines.size())
                .filter(index -> CONFORMANCE_KIT.matcher(lines.get(index)).find())
                .mapToObj(index -> file.getFileName() + ":" + (index + 1) + ": " + lines.get(index));
    }

    private static String textOf(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }
}
