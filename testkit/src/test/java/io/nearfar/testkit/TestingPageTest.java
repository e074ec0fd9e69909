package io.nearfar.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The classes that {@code docs/testing.md} shows are tests of this module, and run with them. */
class TestingPageTest {
    private static final Path PAGE = Path.of("..", "docs", "testing.md");
    private static final Path EXAMPLES = Path.of("src/test/java/io/nearfar/testkit/example");
    private static final Pattern CLASS = Pattern.compile("```java\n(import .*?\nclass (\\w+) .*?)```", Pattern.DOTALL);

    @Test
    void page_classes_areThoseThatAreRun() throws IOException {
        List<MatchResult> classes =
                CLASS.matcher(Files.readString(PAGE)).results().toList();
        assertThat(classes).hasSize(3);
        for (MatchResult example : classes) {
            String source = Files.readString(EXAMPLES.resolve(example.group(2) + ".java"));
            assertThat(source.substring(source.indexOf("import "))).isEqualTo(example.group(1));
        }
    }
}
