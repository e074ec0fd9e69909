package io.nearfar.near;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Attributes;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Version;
import io.nearfar.observe.CacheSignals;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.TextFormat;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Tags in the near tier that has a far tier beneath. */
class NearTierTagsTest {
    private static final int PARTITIONS = 4;

    private final AtomicLong now = new AtomicLong(1_000_000);
    private final Commons commons = new Commons(PARTITIONS, nanos -> now.get());
    private final TextFormat format = new TextFormat();
    private final NearTier<String, String> near = new NearTier<>(
            FarSetups.cache("c"), commons.value(), new CacheSignals("c"), key -> key, text -> text, key -> key);

    private Entry<String> entry(long stamp, String... tags) {
        Attributes attributes = Attributes.of(List.of(tags), Attributes.AS_CONFIGURED);
        return Entry.of(format.keep("v" + stamp), new Version(stamp, stamp), stamp, Entry.NEVER, attributes);
    }

    private Fill<String> begin(String key) {
        return near.begin(key, key, true, 0);
    }

    private void fill(String key, long stamp, String... tags) {
        near.complete(begin(key), entry(stamp, tags));
    }

    private void message(long stamp, String... tags) {
        near.invalidateTags(0, List.of(tags), stamp);
    }

    @Test
    void message_endsWhatCarriesOneOfItsTags() {
        fill("a", 5, "red", "blue");
        fill("b", 6, "green");
        fill("c", 7);
        message(10, "blue", "white");
        assertThat(near.get("a")).isNull();
        assertThat(near.get("b")).isNotNull();
        assertThat(near.get("c")).isNotNull();
    }

    @Test
    void message_ofAnotherPartition_isNotOfConcern() {
        fill("a", 5, "red");
        near.invalidateTags(1, List.of("red"), 10);
        assertThat(near.get("a")).isNotNull();
    }

    @Test
    void message_leavesWhatIsNewer() {
        message(10, "red");
        fill("a", 11, "red");
        assertThat(near.get("a")).isNotNull();
        message(9, "red"); // a late one
        assertThat(near.get("a")).isNotNull();
    }

    /** What a read under way brings is kept only if it lies above the invalidation. */
    @Test
    void fill_underWayWhenTheMessageComes_isKeptOnlyIfItIsNewer() {
        Fill<String> slow = begin("a");
        Fill<String> other = begin("b");
        Fill<String> untagged = begin("c");
        message(10, "red");
        near.complete(slow, entry(9, "red"));
        near.complete(other, entry(11, "red"));
        near.complete(untagged, entry(8));
        assertThat(near.get("a")).isNull();
        assertThat(near.get("b")).isNotNull();
        assertThat(near.get("c")).isNotNull();
        assertThat(near.pending()).isZero();
    }

    @Test
    void ownWrite_thatAnInvalidationHasOvertaken_isNotServed() {
        Fill<String> write = begin("a");
        message(10, "red");
        near.complete(write, new Version(9, 9), entry(9, "red"));
        assertThat(near.get("a")).isNull();
    }

    @Test
    void stale_isNotServedEither() {
        fill("a", 5, "red");
        message(10, "red");
        assertThat(near.getStale("a")).isNull();
    }

    @Test
    void newEpoch_forgetsTheInvalidationsOfBefore() {
        message(100, "red");
        near.beginEpoch(0);
        fill("a", 5, "red");
        assertThat(near.get("a")).isNotNull();
    }

    /** What the far tier says is alive is kept again, however many tags were invalidated since it was written. */
    @Test
    void manyTags_costWhatIsHereOnce() {
        fill("old", 5, "mine");
        for (int i = 0; i < 1_500; i++) {
            message(10 + i, "t" + i);
        }
        fill("old", 5, "mine");
        assertThat(near.get("old")).isNotNull();
        message(2_000, "t1", "t2");
        assertThat(near.get("old")).isNotNull();
        message(2_001, "mine");
        assertThat(near.get("old")).isNull();
    }

    @Test
    void fill_underWayWhenTagsAreForgotten_bringsNothing() {
        Fill<String> slow = begin("a");
        for (int i = 0; i < 1_500; i++) {
            message(10 + i, "t" + i);
        }
        near.complete(slow, entry(5, "t3"));
        assertThat(near.get("a")).isNull();
    }

    @Test
    void manyTags_areForgottenForAFloor() {
        fill("old", 5, "last");
        Set<String> tags = new HashSet<>();
        for (int i = 0; i < 2_000; i++) {
            tags.add("t" + i);
        }
        near.invalidateTags(0, tags, 10);
        assertThat(near.get("old")).isNull();
        fill("new", 11, "t7");
        fill("plain", 6);
        assertThat(near.get("new")).isNotNull();
        assertThat(near.get("plain")).isNotNull();
    }

    @Test
    void ownInvalidation_thatIsNotAboveWhatWasSeen_beginsANewEpoch() {
        fill("a", 50, "red");
        long[] before = near.highest();
        near.invalidateTags(Set.of("red"), Map.of(0, 20L, 1, 20L, 2, 20L, 3, 20L), before);
        assertThat(commons.regressed).containsExactly(0);
    }

    /** Where it is not known whether the far tier has done it, nothing with the tag is left, and nothing comes in. */
    @Test
    void ownInvalidation_ofUnknownOutcome_dropsWhatCarriesTheTags_andFillsUnderWay() {
        fill("a", 5, "red");
        fill("b", 6, "green");
        Fill<String> slow = begin("c");
        near.invalidateTags(Set.of("red"), Map.of(), near.highest());
        near.complete(slow, entry(9, "red"));
        assertThat(near.get("a")).isNull();
        assertThat(near.get("b")).isNotNull();
        assertThat(near.get("c")).isNull();
        assertThat(near.pending()).isZero();
    }

    @Test
    void nearTimeToLive_shortensTheStay() {
        Attributes brief = Attributes.of(List.of(), 3);
        near.complete(begin("a"), Entry.of(format.keep("v"), new Version(5, 5), 0, Entry.NEVER, brief));
        assertThat(near.get("a")).isNotNull();
        now.addAndGet(3_000);
        assertThat(near.get("a")).isNull();
        Attributes none = Attributes.of(List.of(), 0);
        near.complete(begin("b"), Entry.of(format.keep("v"), new Version(6, 6), 0, Entry.NEVER, none));
        assertThat(near.get("b")).isNull();
    }
}
