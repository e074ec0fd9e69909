package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.key.Glob;
import io.nearfar.tier.DirtyPatterns.Begun;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DirtyPatternsTest {
    private static final int HERE = 1;
    private static final int THERE = 40;

    private final AtomicLong orders = new AtomicLong();
    private final DirtyPatterns patterns = new DirtyPatterns(orders);

    private static BitSet partitions(int... some) {
        BitSet partitions = new BitSet();
        IntStream.of(some).forEach(partitions::set);
        return partitions;
    }

    private boolean note(String pattern, int... partitions) {
        return patterns.note(Glob.of(pattern), partitions(partitions));
    }

    private boolean isPending(String text) {
        return patterns.isPending(text, HERE);
    }

    private boolean begin(String text) {
        return patterns.begin(text, HERE);
    }

    @Test
    void key_thatMatches_isOwedOnce() {
        note("a*", HERE);
        assertThat(isPending("a1")).isTrue();
        assertThat(isPending("b1")).isFalse();
        assertThat(begin("b1")).isFalse();
        assertThat(begin("a1")).isTrue();
        assertThat(begin("a1")).isFalse();
        assertThat(isPending("a1")).isFalse();
        assertThat(isPending("a2")).isTrue();
    }

    /** Elsewhere it was made, and what has come after it is to stay. */
    @Test
    void key_ofAPartitionInWhichItWasMade_isNotOwed() {
        note("a*", HERE);
        assertThat(patterns.isPending("a1", THERE)).isFalse();
        assertThat(patterns.begin("a1", THERE)).isFalse();
        note("?1", THERE);
        assertThat(patterns.isPending("a1", THERE)).isTrue();
        assertThat(patterns.isPending("a2", THERE)).isFalse();
        assertThat(patterns.owed().partitions()).isEqualTo(partitions(HERE, THERE));
        assertThat(patterns.owed().where(Glob.of("a*"))).isEqualTo(partitions(HERE));
    }

    /** What was settled for the first may have been written since. */
    @Test
    void key_thatIsInvalidatedAgain_isOwedAgain() {
        note("a*", HERE);
        note("b*", HERE);
        begin("a1");
        begin("b1");
        note("?1", HERE);
        assertThat(isPending("a1")).isTrue();
        begin("a1");
        note("a*", HERE);
        assertThat(isPending("a1")).isTrue();
        assertThat(isPending("b1")).isTrue();
    }

    @Test
    void key_thatWasSettled_staysSo_ifItIsInvalidatedElsewhere() {
        note("a*", HERE);
        begin("a1");
        note("a*", THERE);
        assertThat(isPending("a1")).isFalse();
    }

    @Test
    void pattern_thatIsNotedAgainWhileItIsMade_stays() {
        note("a*", HERE);
        note("b*", HERE);
        Begun begun = patterns.begin();
        note("a*", HERE);
        assertThat(patterns.made(begun, partitions(HERE))).isOne();
        assertThat(isPending("a1")).isTrue();
        assertThat(isPending("b1")).isFalse();
        assertThat(patterns.made(patterns.begin(), partitions(HERE))).isOne();
        assertThat(patterns.isEmpty()).isTrue();
    }

    /** A walk that comes to some servers only; another outage may begin meanwhile. */
    @Test
    void pattern_thatWasMadeInSomePartitions_isOwedInTheOthers() {
        note("a*", HERE, THERE);
        begin("a1");
        patterns.begin("a2", THERE);
        Begun begun = patterns.begin();
        note("a*", 7);
        assertThat(patterns.made(begun, partitions(HERE, 7))).isZero();
        assertThat(isPending("a3")).isFalse();
        assertThat(patterns.isPending("a3", THERE)).isTrue();
        assertThat(patterns.isPending("a3", 7)).isTrue();
        assertThat(patterns.settled()).isOne();
        assertThat(patterns.partitionsOfSettled()).isEqualTo(partitions(THERE));
        patterns.made(patterns.begin(), partitions(THERE, 7));
        assertThat(patterns.isEmpty()).isTrue();
        assertThat(patterns.settled()).isZero();
    }

    @Test
    void clear_coversWhatWasNotedBeforeIt_inItsPartitions() {
        note("a*", HERE, THERE);
        long order = orders.get();
        note("b*", HERE);
        patterns.cleared(partitions(HERE), order);
        assertThat(isPending("a1")).isFalse();
        assertThat(isPending("b1")).isTrue();
        assertThat(patterns.isPending("a1", THERE)).isTrue();
    }

    @Test
    void tooManyPatterns_haveNoRoom() {
        for (int i = 0; i < 100; i++) {
            assertThat(note("p" + i, HERE)).isTrue();
        }
        assertThat(note("p", HERE)).isFalse();
        assertThat(note("p5", THERE)).isTrue();
    }
}
