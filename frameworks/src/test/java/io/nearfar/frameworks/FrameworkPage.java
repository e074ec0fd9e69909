package io.nearfar.frameworks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of {@code docs/frameworks}, and the blocks of code on it. */
public record FrameworkPage(String name, String text) {
    /** Where the pages lie. */
    public static final Path FOLDER = Path.of(System.getProperty("pages", ".."), "docs", "frameworks");

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\n(.*?)^```$");
    private static final Pattern CLASS = Pattern.compile("(?m)^(?:public )?(?:class|record|interface) (\\w+)");

    /** Reads the page of that name. */
    public static FrameworkPage of(String name) {
        try {
            return new FrameworkPage(name, Files.readString(FOLDER.resolve(name + ".md")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the first block below the place where that file is named in code. */
    public String block(String file) {
        int named = text.indexOf("`" + file + "`");
        if (named < 0) {
            throw new IllegalArgumentException(name + " names no " + file);
        }
        Matcher block = BLOCK.matcher(text);
        if (!block.find(named)) {
            throw new IllegalArgumentException(name + " shows no " + file);
        }
        return block.group(2);
    }

    /** Returns the first block with that in it. */
    public String blockWith(String part) {
        return blocks(".*").stream()
                .filter(block -> block.contains(part))
                .findFirst()
                .orElseThrow();
    }

    /** Returns all that is Java. */
    public List<String> javaBlocks() {
        return blocks("java");
    }

    /** Returns the name of the first class in a source. */
    public static String classOf(String source) {
        Matcher found = CLASS.matcher(source);
        if (!found.find()) {
            throw new IllegalArgumentException("no class in\n" + source);
        }
        return found.group(1);
    }

    private List<String> blocks(String language) {
        return BLOCK.matcher(text)
                .results()
                .filter(block -> block.group(1).matches(language))
                .map((MatchResult block) -> block.group(2))
                .toList();
    }
}
