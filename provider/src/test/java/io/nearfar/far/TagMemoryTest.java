package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.far.TagMemory.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TagMemoryTest {
    private static final Meta META = new Meta(0, 10, 2);

    private final TagMemory memory = new TagMemory();

    private Verdict verdict(long stamp, long outage) {
        return memory.verdict(stamp, List.of("red"), META, outage);
    }

    private void learn(long red, long outage) {
        memory.learn(new TagTable(META.tagStamp(), META.tagFloor(), Map.of("red", red)), META.tagStamp(), outage);
    }

    @Test
    void whatWasLearnt_isKnown() {
        assertThat(verdict(5, 0)).isEqualTo(Verdict.UNKNOWN);
        learn(5, 0);
        assertThat(verdict(5, 0)).isEqualTo(Verdict.DEAD);
        assertThat(verdict(6, 0)).isEqualTo(Verdict.LIVE);
        assertThat(verdict(2, 0)).isEqualTo(Verdict.DEAD);
    }

    /** The server of after it may have given the same stamp to another invalidation. */
    @Test
    void outage_takesAllThatWasLearnt() {
        learn(5, 0);
        assertThat(verdict(6, 1)).isEqualTo(Verdict.UNKNOWN);
        learn(5, 0); // an answer of before
        assertThat(verdict(6, 1)).isEqualTo(Verdict.UNKNOWN);
        learn(6, 1);
        assertThat(verdict(6, 1)).isEqualTo(Verdict.DEAD);
    }

    @Test
    void outage_takesThatTheTableWasLost() {
        memory.learn(TagTable.none(), META.tagStamp(), 0);
        assertThat(verdict(6, 0)).isEqualTo(Verdict.DEAD);
        assertThat(verdict(6, 1)).isEqualTo(Verdict.UNKNOWN);
    }
}
