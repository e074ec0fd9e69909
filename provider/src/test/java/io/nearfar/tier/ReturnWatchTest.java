package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

/** Partitions whose servers have been away are noticed, however short that was, and no others. */
class ReturnWatchTest {
    private final long[] troubles = new long[64];
    private final BitSet silent = new BitSet();
    private long now = 100;
    private final ReturnWatch watch = new ReturnWatch(partition -> troubles[partition], silent::get, () -> now);

    @Test
    void outageThatBeganAndEnded_isNoticedLater() {
        assertThat(watch.suspects()).isEqualTo(new BitSet());
        now = 150;
        assertThat(watch.isSuspect(5)).isFalse();
        troubles[5]++;
        now = 170;
        BitSet five = new BitSet();
        five.set(5);
        assertThat(watch.suspects()).isEqualTo(five);
        assertThat(watch.awayNanos(5)).isEqualTo(20);
        watch.clearing().made(five);
        assertThat(watch.suspects()).isEqualTo(new BitSet());
    }

    /** What others have cleared since it began need not be cleared again, however often it is looked at. */
    @Test
    void absence_beginsWithTheLastGoodLookBeforeIt() {
        now = 150;
        assertThat(watch.isSuspect(5)).isFalse();
        troubles[5]++;
        silent.set(5);
        now = 170;
        assertThat(watch.isSuspect(5)).isFalse();
        silent.clear(5);
        for (now = 200; now < 300; now += 50) {
            assertThat(watch.isSuspect(5)).isTrue();
            assertThat(watch.awayNanos(5)).isEqualTo(now - 150);
        }
        assertThat(watch.awayNanos(6)).as("another's is its own").isEqualTo(200);
    }

    /** A clear covers what was there when it began; what came after may have come after what it removed. */
    @Test
    void absence_thatBeganDuringAClear_isNotOverWithIt() {
        troubles[5]++;
        BitSet five = watch.suspects();
        ReturnWatch.Clearing clearing = watch.clearing();
        troubles[5]++;
        assertThat(watch.isSuspect(5)).as("another thread looks").isTrue();
        clearing.made(five);
        assertThat(watch.suspects()).isEqualTo(five);
        watch.clearing().made(five);
        assertThat(watch.suspects()).isEqualTo(new BitSet());
    }

    /** Nobody has looked meanwhile: the next who does finds it. */
    @Test
    void absence_thatNobodySawDuringAClear_isNoticedLater() {
        troubles[5]++;
        BitSet five = watch.suspects();
        ReturnWatch.Clearing clearing = watch.clearing();
        troubles[5]++;
        now = 150;
        clearing.made(five);
        assertThat(watch.suspects()).isEqualTo(five);
        now = 170;
        assertThat(watch.awayNanos(5)).isEqualTo(20);
    }

    /** What was cleared before it began says nothing of what was done in it. */
    @Test
    void absence_afterAnother_countsAnew() {
        troubles[5]++;
        now = 150;
        assertThat(watch.isSuspect(5)).isTrue();
        troubles[5]++;
        now = 170;
        assertThat(watch.isSuspect(5)).isTrue();
        assertThat(watch.awayNanos(5)).isEqualTo(20);
    }

    @Test
    void outageThatLasts_isNoticedAtItsEnd() {
        silent.set(6);
        troubles[6]++;
        assertThat(watch.isSuspect(6)).isFalse();
        silent.clear(6);
        assertThat(watch.isSuspect(6)).isTrue();
    }

    @Test
    void nobodyThere_countsDownAndUpAgain() {
        troubles[7] = -2;
        silent.set(7);
        assertThat(watch.isSuspect(7)).isFalse();
        troubles[7] = 1;
        silent.clear(7);
        assertThat(watch.isSuspect(7)).isTrue();
    }
}
