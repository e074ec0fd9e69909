package io.nearfar.benchmarks.near;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.benchmarks.report.Outcome;
import io.nearfar.benchmarks.report.Series;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What was set for near hits is judged by what was measured, and by nothing else. */
class NearBarsTest {
    @Test
    void secondThread_bringsTwiceAsMuch_whereACallTakesAsLong() {
        Series same = new Series(List.of(10.0, 10.0));
        Series twice = new Series(List.of(20.0, 10.0));

        assertThat(NearBars.gain(same, same).rounds()).containsExactly(2.0, 2.0);
        assertThat(NearBars.gain(same, twice).rounds()).containsExactly(1.0, 2.0);
    }

    @Test
    void peersThatWereNotMeasured_haveOutcomesWithoutFigures() {
        Map<NearCase, NearResults> results = new EnumMap<>(NearCase.class);
        for (NearCase measured : NearCase.values()) {
            results.put(measured, new NearResults(measured));
        }

        assertThat(new NearBars(results).outcomes()).isNotEmpty().noneMatch(Outcome::held);
        assertThat(new NearBars(results).checked()).isNotEmpty().allMatch(Outcome::alarming);
    }

    @Test
    void checkedPeers_areAmongThoseOfTheCases() {
        assertThat(NearCase.GET.peers()).containsAll(NearBars.peersChecked());
    }
}
