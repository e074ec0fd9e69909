package io.nearfar.tck.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.tck.TckMode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs the TCK in all modes at the same time: it waits for seconds in which a machine has nothing to do. */
class TckRunsTest {
    @Test
    void tck_inEachMode_comesToItsEnd() throws Exception {
        List<TckProcess> runs = TckProcess.startAll(TckMode.asked().toList());
        try {
            for (TckProcess run : runs) {
                assertThat(run.end()).as(run.description()).isZero();
            }
        } finally {
            runs.forEach(TckProcess::close);
        }
    }
}
