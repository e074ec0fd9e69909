package io.nearfar.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.InvalidationPace;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KeyWalkTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 500_000_000L); // nanoTime may wrap

    private KeyWalk walk(long keysPerSecond) {
        return new KeyWalk(InvalidationPace.DEFAULT.withKeysPerSecond(keysPerSecond), nanos::get);
    }

    @Test
    void walk_isAheadByWhatItHasLookedAt() {
        KeyWalk walk = walk(1_000);
        assertThat(walk.ahead()).isZero();
        walk.looked(500);
        assertThat(walk.ahead()).isEqualTo(500_000_000L);
        nanos.addAndGet(200_000_000L);
        walk.looked(500);
        assertThat(walk.ahead()).isEqualTo(800_000_000L);
        nanos.addAndGet(800_000_000L);
        assertThat(walk.ahead()).isZero();
        assertThat(walk.looked()).isEqualTo(1_000);
    }

    /** A server that was slow for a while is not asked the faster for it. */
    @Test
    void walk_thatWasSlow_doesNotMakeUpForIt() {
        KeyWalk walk = walk(1_000);
        nanos.addAndGet(60_000_000_000L);
        walk.looked(500);
        assertThat(walk.ahead()).isEqualTo(500_000_000L);
    }

    @Test
    void walk_withoutALimit_isNeverAhead() {
        KeyWalk walk = walk(Long.MAX_VALUE);
        walk.looked(10_000);
        assertThat(walk.ahead()).isZero();
    }

    @Test
    void pace_outOfItsRange_isRefused() {
        assertThatThrownBy(() -> InvalidationPace.DEFAULT.withPageSize(0)).hasMessageContaining("page size 0");
        assertThatThrownBy(() -> InvalidationPace.DEFAULT.withPageSize(10_001)).hasMessageContaining("10001");
        assertThatThrownBy(() -> InvalidationPace.DEFAULT.withKeysPerSecond(0)).hasMessageContaining("0 keys");
    }
}
