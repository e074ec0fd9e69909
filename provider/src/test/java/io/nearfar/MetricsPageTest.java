package io.nearfar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table on {@code docs/metrics.md} is the list of metrics, in its order and words. */
class MetricsPageTest {
    private static String row(Metric metric) {
        String usual = metric.usualName();
        String tags = metric.tags().stream().map(tag -> "`" + tag + "`").collect(Collectors.joining(", "));
        return "| `" + metric.fullName() + "` | " + metric.kind().name().toLowerCase(Locale.ROOT) + " | "
                + (tags.isEmpty() ? "-" : tags) + " | " + (metric.unit().isEmpty() ? "-" : metric.unit()) + " | "
                + metric.help() + " | " + (usual == null ? "-" : "`" + usual + "`") + " |";
    }

    @Test
    void table_isTheListOfMetrics() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("..", "docs", "metrics.md")).stream()
                .filter(line -> line.startsWith("| `nearfar_"))
                .toList();
        assertThat(rows)
                .containsExactlyElementsOf(
                        Arrays.stream(Metric.values()).map(MetricsPageTest::row).toList());
    }
}
