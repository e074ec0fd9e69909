package io.nearfar.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;

/** The page {@code docs/mistakes.md} shows no message but those that are tested. */
class MistakesPageTest {
    @Test
    void page_rows_areTestedMistakes() throws IOException {
        List<String> tested =
                MistakesTest.mistakes().stream().map(MistakesPageTest::row).toList();
        assertThat(rows())
                .hasSizeGreaterThanOrEqualTo(25)
                .doesNotHaveDuplicates()
                .isSubsetOf(tested);
    }

    private static List<String> rows() throws IOException {
        return Files.readString(Path.of("..", "docs", "mistakes.md"))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .toList();
    }

    /** A row as the page has it: what is written, and the lines of the message. */
    private static String row(Arguments mistake) {
        String message = String.valueOf(mistake.get()[1])
                .lines()
                .map(line -> "`" + line.strip() + "`")
                .collect(Collectors.joining("<br>"));
        return "| `" + mistake.get()[0] + "` | " + message + " |";
    }
}
