package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Ending;
import io.nearfar.tier.DirtyTags.Due;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DirtyTagsTest {
    private final DirtyTags tags = new DirtyTags();
    private long order;

    private static BitSet partitions(int... some) {
        BitSet partitions = new BitSet();
        IntStream.of(some).forEach(partitions::set);
        return partitions;
    }

    private static BitSet all() {
        return partitions(IntStream.range(0, 64).toArray());
    }

    private boolean note(List<String> some, BitSet partitions) {
        return note(some, Ending.HARD, partitions);
    }

    private boolean note(List<String> some, Ending ending, BitSet partitions) {
        return tags.note(some, ending, partitions, ++order);
    }

    @Test
    void sameTags_takeUpRoomOnce() {
        for (int i = 0; i < 5_000; i++) {
            assertThat(note(List.of("red"), all())).isTrue();
        }
    }

    @Test
    void tooMany_haveNoRoom() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(note(List.of("t" + i), all())).isTrue();
        }
        assertThat(note(List.of("one more"), all())).isFalse();
        assertThat(note(List.of("t7"), all())).isTrue();
    }

    @Test
    void whatIsJustBeingMade_takesUpNoRoomTwice() {
        for (int i = 0; i < 600; i++) {
            note(List.of("t" + i), all());
        }
        tags.begin(all());
        for (int i = 0; i < 600; i++) {
            assertThat(note(List.of("t" + i), all())).isTrue();
        }
    }

    /** Whoever settles asks each partition once, whatever has come together. */
    @Test
    void begin_namesEachPartitionOnce() {
        for (int i = 0; i < 900; i++) {
            note(List.of("t" + i), i % 2 == 0 ? all() : partitions(i % 64));
        }
        List<Integer> asked = new ArrayList<>();
        tags.begin(all()).values().forEach(some -> some.stream().forEach(asked::add));
        assertThat(asked)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 64).boxed().toList());
    }

    @Test
    void begin_joinsWhatIsOwedInTheSamePartitions() {
        note(List.of("red"), all());
        note(List.of("green", "blue"), all());
        note(List.of("white"), partitions(3));
        assertThat(tags.begin(partitions(1, 2, 3)))
                .isEqualTo(Map.of(
                        hard("red", "green", "blue"), partitions(1, 2),
                        hard("red", "green", "blue", "white"), partitions(3)));
    }

    private static Due hard(String... tags) {
        return new Due(Set.of(tags), Set.of());
    }

    /** Whatever came first: what was there before the hard one is not to answer. */
    @Test
    void whatIsOwedSoftlyAndNot_isOwedOnce() {
        note(List.of("red", "blue"), Ending.SOFT, partitions(1, 2));
        note(List.of("red", "green"), Ending.HARD, partitions(1));
        note(List.of("green"), Ending.SOFT, partitions(1));
        assertThat(tags.isPending(2, List.of("blue"))).isTrue();
        assertThat(tags.begin(all()))
                .isEqualTo(Map.of(
                        new Due(Set.of("red", "green"), Set.of("blue")), partitions(1),
                        new Due(Set.of(), Set.of("red", "blue")), partitions(2)));
        tags.made(List.of(1, 2));
        tags.end();
        assertThat(tags.isEmpty()).isTrue();
    }

    @Test
    void whatIsNotedDuringAnAttempt_isMadeAfterIt() {
        note(List.of("red"), all());
        tags.begin(all());
        note(List.of("red"), partitions(63));
        tags.made(IntStream.range(0, 64).boxed().toList());
        tags.end();
        assertThat(tags.pending()).isEqualTo(partitions(63));
        tags.begin(all());
        tags.made(List.of(63));
        tags.end();
        assertThat(tags.isEmpty()).isTrue();
    }

    /** An outage that comes and goes leaves no more of a tag than one that lasts. */
    @Test
    void whatIsLeftOfAnAttempt_isOneWithWhatIsNotedLater() {
        for (int i = 0; i < 3_000; i++) {
            assertThat(note(List.of("red"), all())).isTrue();
            tags.begin(all());
            tags.made(List.of(1));
            assertThat(note(List.of("red"), partitions(1))).isTrue();
            tags.end();
        }
        assertThat(tags.begin(all())).isEqualTo(Map.of(hard("red"), all()));
    }

    @Test
    void tagsArePending_untilTheyAreMade() {
        note(List.of("red"), partitions(1, 2));
        assertThat(tags.isPending(1, List.of("green", "red"))).isTrue();
        assertThat(tags.isPending(1, List.of("green"))).isFalse();
        assertThat(tags.isPending(3, List.of("red"))).isFalse();
        tags.begin(all());
        assertThat(tags.isPending(2, List.of("red"))).isTrue();
        tags.made(List.of(2));
        assertThat(tags.isPending(2, List.of("red"))).isFalse();
        assertThat(tags.isPending(1, List.of("red"))).isTrue();
    }

    /** What was noted later may have ended what was written after the clear. */
    @Test
    void clear_coversWhatWasNotedBeforeIt() {
        note(List.of("red"), all());
        note(List.of("green"), partitions(1));
        tags.begin(partitions(2));
        long before = order;
        note(List.of("blue"), partitions(1, 2));
        tags.cleared(partitions(1), before);
        assertThat(tags.isPending(1, List.of("red", "green"))).isFalse();
        assertThat(tags.isPending(2, List.of("red"))).isTrue();
        assertThat(tags.isPending(1, List.of("blue"))).isTrue();
        tags.end();
        tags.cleared(all(), order);
        assertThat(tags.isEmpty()).isTrue();
    }
}
