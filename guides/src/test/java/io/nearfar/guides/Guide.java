package io.nearfar.guides;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A part of a page that begins in an empty folder. A block after a line that begins with a path is that file; those of the
 * shell are commands, each block in a terminal of its own; one of text is what is printed.
 */
record Guide(String text) {
    /** By which users of what is not published yet get it. */
    static final String INSTALL = "mvn -q -DskipTests install -pl provider,interceptors -am\n";

    private static final Pattern BLOCK = Pattern.compile("(?ms)(?:^`([^`\n ]+)`[^\n]*:\n\n)?^```(\\w+)\n(.*?)^```$");

    /** Reads what stands below a heading of a page in {@code docs}. */
    static Guide of(String page, String heading) {
        String all = page(page);
        Matcher found = Pattern.compile("(?ms)^## " + Pattern.quote(heading) + "$(.*?)(?=^## |\\z)")
                .matcher(all);
        if (!found.find()) {
            throw new IllegalArgumentException(page + " has no part " + heading);
        }
        return new Guide(found.group(1));
    }

    /** Reads a whole page. */
    static String page(String page) {
        try {
            return Files.readString(Path.of("../docs", page + ".md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes all files that it shows. */
    void writeFiles(Path folder) throws IOException {
        for (MatchResult block : blocks().toList()) {
            if (block.group(1) != null) {
                Path file = folder.resolve(block.group(1));
                Files.createDirectories(file.getParent());
                Files.writeString(file, block.group(3));
            }
        }
    }

    /** Returns its commands but for how Nearfar itself is got, block by block. */
    List<String> commands() {
        return unnamed("sh").filter(block -> !block.equals(INSTALL)).toList();
    }

    /** Returns what it says is printed. */
    String printed() {
        return unnamed("text").findFirst().orElseThrow();
    }

    private Stream<String> unnamed(String language) {
        return blocks().filter(block -> block.group(1) == null && block.group(2).equals(language))
                .map(block -> block.group(3));
    }

    private Stream<MatchResult> blocks() {
        return BLOCK.matcher(text).results();
    }
}
