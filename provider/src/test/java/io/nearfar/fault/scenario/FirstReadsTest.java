package io.nearfar.fault.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.fault.check.Bounds;
import io.nearfar.fault.check.Checker;
import io.nearfar.fault.check.History;
import io.nearfar.testing.RealRedis.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** 20,000 keys, each written by one node while another reads it for the first time: none is stale afterwards. */
@Timeout(300)
class FirstReadsTest {
    private static final int KEYS = 20_000;
    private static final int ROUND = 10_000;
    private static final int MOST_ROUNDS = 24;

    @Test
    void keysWrittenBesideTheirFirstRead_areNotStale() {
        try (Field field = Field.start(Program.EMBEDDED, 2)) {
            Trial trial = Trial.open(field, Policy.CLOSED.settings());
            long met = 0;
            for (int round = 0; met < KEYS && round < MOST_ROUNDS; round++) {
                trial.race(round * ROUND, ROUND);
                History history = trial.history();
                Verdict.assertHolds(new Checker(Bounds.ofHealth()).check(history));
                met += Race.met(history);
            }
            assertThat(met).as("reads during a write").isGreaterThanOrEqualTo(KEYS);
        }
    }
}
