package io.nearfar.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The page {@code docs/features.md}, row by row. */
final class FeaturesPage {
    /** The folder that the page lies in, and that its links start from. */
    static final Path FOLDER = Path.of("..", "docs");

    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)");

    private final String text;

    private FeaturesPage(String text) {
        this.text = text;
    }

    /** Returns the page of this source tree. */
    static FeaturesPage read() throws IOException {
        return new FeaturesPage(Files.readString(FOLDER.resolve("features.md")));
    }

    /** Returns the rows of its tables. */
    List<Row> rows() {
        return text.lines().filter(FeaturesPage::isRow).map(Row::of).toList();
    }

    /** Returns the files that it links, without what follows a hash. */
    List<String> links() {
        return all(LINK, text);
    }

    private static boolean isRow(String line) {
        return line.startsWith("| ") && !line.startsWith("| ---") && !line.startsWith("| what it gives ");
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }

    /**
     * One row.
     *
     * @param gives what it gives, in words
     * @param reached the names by which it is reached; none if nothing is to be done for it
     * @param pages the files that explain it
     * @param tests the tests that show it, each a class below our package and a method
     */
    record Row(String gives, List<String> reached, List<String> pages, List<String> tests) {
        private static Row of(String line) {
            String[] cells = line.substring(1, line.length() - 1).split("\\|", -1);
            if (cells.length != 4) {
                throw new AssertionError("A row has four cells, and this one " + cells.length + ": " + line);
            }
            return new Row(cells[0].strip(), all(CODE, cells[1]), all(LINK, cells[2]), all(CODE, cells[3]));
        }

        @Override
        public String toString() {
            return gives;
        }
    }
}
