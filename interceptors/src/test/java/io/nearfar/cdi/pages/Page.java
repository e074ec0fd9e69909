package io.nearfar.cdi.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation, and the blocks of code on it. */
record Page(Path path, String text) {
    private static final Path TOP = Path.of("..");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```(\\w+)\n(.*?)^ *```$");

    /** A block, and the line of the page on which it begins. */
    record Block(int line, String code) {}

    /** Returns the README of the project and of each module, and all below docs. */
    static List<Page> all() throws IOException {
        try (Stream<Path> docs = Files.walk(TOP.resolve("docs"));
                Stream<Path> modules = Files.list(TOP)) {
            return Stream.concat(modules.flatMap(Page::readmes), docs.filter(Page::isPage))
                    .sorted()
                    .map(Page::read)
                    .toList();
        }
    }

    /** Returns its name from the top folder on, such as {@code docs/loading.md}. */
    String name() {
        return TOP.relativize(path).toString().replace('\\', '/');
    }

    /** Returns the blocks in that language. */
    List<Block> blocks(String language) {
        return BLOCK.matcher(text)
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> new Block(
                        (int) text.substring(0, block.start()).lines().count() + 2,
                        block.group(2).stripTrailing().stripIndent() + "\n"))
                .toList();
    }

    @Override
    public String toString() {
        return name();
    }

    private static Stream<Path> readmes(Path found) {
        return Stream.of(found, found.resolve("README.md")).filter(Page::isPage);
    }

    private static boolean isPage(Path path) {
        return path.toString().endsWith(".md") && Files.isRegularFile(path);
    }

    private static Page read(Path path) {
        try {
            return new Page(path, Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
