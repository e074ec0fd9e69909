package io.nearfar.tck.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.tck.RunRecord;
import io.nearfar.tck.TckMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Judges the runs of the TCK by what they left: they themselves do not fail the build. */
class VerdictTest {
    private static final int TESTS = 481;
    /** Far below what a whole run calls of each master, far above what a run calls that only opens its caches. */
    private static final int FEWEST_SCRIPTS = 3_000;

    private static final int FEWEST_READS = 300;

    @BeforeAll
    static void printTable() throws IOException {
        StringBuilder table = new StringBuilder("""

                | mode | tests | failures | errors | skipped |
                |---|---|---|---|---|
                """);
        for (TckMode mode : TckMode.asked().toList()) {
            table.append(Results.of(mode).tableRow(mode)).append('\n');
        }
        System.out.println(table);
    }

    @ParameterizedTest
    @MethodSource("io.nearfar.tck.TckMode#asked")
    void tck_inEachMode_isWholeAndGreen(TckMode mode) throws IOException {
        Results results = Results.of(mode);
        assertThat(results.broken()).isEmpty();
        assertThat(results)
                .extracting(Results::tests, Results::failures, Results::errors, Results::skipped)
                .containsExactly(TESTS, 0, 0, 0);
    }

    @Test
    void excludeList_holdsTheDummyAlone() throws IOException {
        assertThat(System.getProperty("ExcludeList")).isNull();
        try (var in = VerdictTest.class.getResourceAsStream("/ExcludeList")) {
            assertThat(in).isNotNull();
            List<String> excluded = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
            assertThat(excluded).containsExactly("org.jsr107.tck.CachingTest#dummyTest");
        }
    }

    /** Tests of an option that the provider calls unsupported pass without running. */
    @ParameterizedTest
    @MethodSource("io.nearfar.tck.TckMode#asked")
    void storeByReference_isSkippedOnlyWhereThereIsAFarTier(TckMode mode) {
        assertThat(RunRecord.of(mode).isTrue("byReference")).isEqualTo(!mode.hasFarTier());
    }

    @ParameterizedTest
    @MethodSource("io.nearfar.tck.TckMode#askedOfTheFarTier")
    void farTier_wasUsedAllTheTime(TckMode mode) throws IOException {
        RunRecord record = RunRecord.of(mode);
        assertThat(record.number("masters")).isEqualTo(mode.hasCluster() ? 3 : 1);
        assertThat(record.number("scripts")).isGreaterThan(FEWEST_SCRIPTS);
        assertThat(record.number("reads")).isGreaterThan(FEWEST_READS);
        assertThat(record.number("publications")).isGreaterThan(FEWEST_SCRIPTS);
        assertThat(Results.of(mode).text())
                .as("what the run logged: how it was wired, and no line of an outage")
                .contains("NF0601", "redis://127.0.0.1:")
                .doesNotContain("NF0301", "NF0302");
    }

    @ParameterizedTest
    @MethodSource("io.nearfar.tck.TckMode#askedOfTheFarTier")
    void leftoversOfAKilledRun_areNeitherSeenNorChanged(TckMode mode) {
        RunRecord record = RunRecord.of(mode);
        assertThat(record.number("leftoversPlanted")).isGreaterThan(100);
        assertThat(record.number("leftoversFound")).isEqualTo(record.number("leftoversPlanted"));
        assertThat(record.number("leftoversFoundContent")).isEqualTo(record.number("leftoversPlantedContent"));
    }

    @Test
    void conformancePage_showsTheTable() throws IOException {
        String page = Files.readString(Path.of(System.getProperty("conformance.page")));
        for (TckMode mode : TckMode.asked().toList()) {
            assertThat(page).contains(Results.of(mode).tableRow(mode));
        }
    }
}
