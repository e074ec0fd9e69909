package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.resilience.Backoff;
import io.nearfar.resilience.Breaker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every outage of a partition is counted, seen or not, and none of others. */
class TroublesTest {
    private final Troubles troubles = new Troubles();
    private final Breaker first = breaker();
    private final Breaker second = breaker();
    private @Nullable Breaker serving = first;

    private static Breaker breaker() {
        return new Breaker(System::nanoTime, new Backoff(1, 1, () -> 0));
    }

    private void outage(Breaker server) {
        server.failed();
        troubles.opened();
        server.answered(System.nanoTime());
    }

    private long look() {
        return troubles.of(3, () -> serving);
    }

    @Test
    void outageOfTheServer_thatNobodyLookedAt_isCounted() {
        long before = look();
        assertThat(look()).isEqualTo(before);
        outage(first);
        assertThat(look()).isNotEqualTo(before).isEqualTo(look());
    }

    @Test
    void outageThatEndedWithAnotherServer_isCounted() {
        long before = look();
        outage(first);
        serving = second;
        assertThat(look()).isNotEqualTo(before).isEqualTo(look());
    }

    @Test
    void outageOfAnotherServer_isNotThePartitions() {
        long before = look();
        outage(second);
        assertThat(look()).isEqualTo(before);
        serving = second;
        assertThat(look()).as("moved without any outage since").isEqualTo(before);
    }

    @Test
    void partitionThatNobodyServed_hadAnOutage() {
        long before = look();
        serving = null;
        long absent = look();
        assertThat(absent).isNegative().isEqualTo(look());
        serving = first;
        long back = look();
        assertThat(back).isNotNegative().isNotEqualTo(before);
        serving = null;
        assertThat(look()).isNotEqualTo(absent);
    }
}
