package io.nearfar.fault.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.fault.scenario.StalenessPlot.Bar;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The picture of staleness shows what the table says, and the one of the documentation that of the table there. */
class StalenessPlotTest {
    private static final Path DRAWN = Path.of("target", "faults", "staleness.svg");

    @Test
    void bar_isTheWorstOfThePolicies_thatServeNothingStale() {
        StalenessPlot plot = StalenessPlot.of("""
                <!-- begin: written by the fault suite -->
                3 minutes, seed 1, 2026-11-27, 2 processors, Java 17. All is well.

                | Fault | In an outage | Trials | Longest call | Exceptions seen | Staleness, p99 | Staleness, worst | Time to recover |
                | --- | --- | --- | --- | --- | --- | --- | --- |
                | fire | throws | 2 | 325.3 ms | A, B | 0.0 ms | 16.9 ms | 949.3 ms |
                | flood | throws | 2 | 325.3 ms | none | 0.0 ms | 100.0 ms | 0.0 ms |
                | fire | answers, nothing stale | 1 | 275.0 ms | none | 0.0 ms | 240.5 ms | 821.0 ms |
                | fire | answers | 1 | 277.3 ms | none | 0.0 ms | 2239.2 ms | 268.9 ms |
                <!-- end -->
                """);
        assertThat(plot.about()).isEqualTo("3 minutes, seed 1, 2026-11-27, 2 processors, Java 17");
        assertThat(plot.bars()).containsExactly(new Bar("fire", 240.5, 2239.2), new Bar("flood", 100, -1));
        assertThat(plot.svg())
                .contains(">fire</text>", "width=\"40\"", "cx=\"876\"", ">2.5 s</text>")
                .doesNotContain("3.0 s");
    }

    @Test
    void picture_isThatOfTheTable() throws Exception {
        StalenessPlot plot = StalenessPlot.of(Files.readString(RandomFaultsRun.PAGE));
        plot.write(DRAWN);
        assertThat(plot.bars()).hasSizeGreaterThan(20);
        assertThat(RandomFaultsRun.PICTURE)
                .as("the picture of the table as it is lies in %s", DRAWN)
                .hasSameTextualContentAs(DRAWN);
    }
}
