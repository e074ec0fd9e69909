package io.nearfar.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page shows what was measured, and what was not. */
class PageTest {
    private static final Measured OURS = Measured.of("Nearfar, near", new Series(List.of(12.0)), "ns");
    private static final Measured THEIRS = Measured.of("Caffeine", new Series(List.of(10.0)), "ns");

    @Test
    void page_showsBarsTablesAndVersions(@TempDir Path folder) throws IOException {
        Report report = new Report();
        report.add(Outcome.ratio(Bar.atMost("a hit", 1.5), OURS, THEIRS));
        report.add(Outcome.ratio(Bar.atMost("another", 1.1), OURS, THEIRS));
        Table table = new Table("In the process", List.of("operation", "ns"));
        table.row(List.of("get", "12"));
        report.add(table);
        report.add(new Plot("near-get", "get: ns per call", List.of(OURS, THEIRS)));

        Path page = new Page(report, "figures", "short", List.of("2 cores"), List.of("Caffeine 3")).writeInto(folder);

        assertThat(page).isEqualTo(folder.resolve("figures.md"));
        assertThat(Files.readString(page))
                .contains(
                        "short form",
                        "1 of 2 bars are held",
                        "| a hit | 12.0 ns | 10.0 ns, Caffeine | 1.20 / 1.20 / 1.20 | ≤ 1.50 × | yes |",
                        "| **no** |",
                        "### In the process",
                        "- 2 cores",
                        "- Caffeine 3",
                        "no operation of any peer failed",
                        "](figures/near-get.svg)");
        assertThat(folder.resolve("figures/near-get.svg")).content().startsWith("<svg");
    }

    @Test
    void failure_isTold() {
        Report report = new Report();
        report.add(new Plot("near-get", "get", List.of(Measured.failed("JetCache", "no server"))));
        report.failed("Sizes", "no memory");

        assertThat(new Page(report, "figures", "short", List.of(), List.of()).text())
                .contains("- get, JetCache: no server", "- Sizes: no memory");
    }
}
