package io.nearfar.benchmarks.far;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.benchmarks.peer.Peer;
import io.nearfar.benchmarks.report.Outcome;
import org.junit.jupiter.api.Test;

/** A case without figures is told, and every case has what its bar compares. */
class FarBarsTest {
    @Test
    void nothingMeasured_isNoFigureAtAll() {
        assertThat(new FarBars().outcomes()).isNotEmpty().noneMatch(Outcome::held);
        assertThat(new FarBars().checked()).isNotEmpty().allMatch(Outcome::alarming);
    }

    @Test
    void everyCase_isBesideLettuce() {
        for (FarCase measured : FarCase.values()) {
            assertThat(measured.peers()).as(measured.label()).startsWith(Peer.LETTUCE);
        }
    }
}
