package io.nearfar.near;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Entry;
import io.nearfar.entry.Version;
import io.nearfar.key.Glob;
import io.nearfar.observe.CacheSignals;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Patterns in the near tier that has a far tier beneath. */
class NearTierPatternsTest {
    private static final int PARTITIONS = 4;

    private final Commons commons = new Commons(PARTITIONS, nanos -> 1_000_000);
    private final TextFormat format = new TextFormat();
    private final AtomicInteger texts = new AtomicInteger();
    private final NearTier<String, String> near = new NearTier<>(
            FarSetups.cache("c"), commons.value(), new CacheSignals("c"), key -> key, text -> text, key -> {
                texts.incrementAndGet();
                return key;
            });

    private Entry<String> entry(long stamp) {
        return Entry.of(format.keep("v" + stamp), new Version(stamp, stamp), stamp, Entry.NEVER);
    }

    private Fill<String> begin(String key) {
        return near.begin(key, key, true, 0);
    }

    private void fill(String key, long stamp) {
        near.complete(begin(key), entry(stamp));
    }

    private void message(long stamp, String pattern) {
        near.invalidatePattern(0, TextKeys.matching(pattern), stamp);
    }

    private void own(String pattern, Map<Integer, Long> stamps) {
        near.invalidatePattern(Glob.of(pattern), stamps, near.highest());
    }

    @Test
    void message_endsWhatMatches() {
        fill("user:1", 5);
        fill("other", 6);
        message(10, "user:*");
        assertThat(near.get("user:1")).isNull();
        assertThat(near.getStale("user:1")).isNull();
        assertThat(near.get("other")).isNotNull();
    }

    @Test
    void message_ofAnotherPartition_isNotOfConcern() {
        fill("user:1", 5);
        near.invalidatePattern(1, TextKeys.matching("*"), 10);
        assertThat(near.get("user:1")).isNotNull();
    }

    @Test
    void message_leavesWhatIsNewer() {
        fill("user:1", 10);
        message(10, "user:*");
        assertThat(near.get("user:1")).isNotNull();
    }

    /** It was asked for before the message came, and may be of before. */
    @Test
    void fill_underWayWhenTheMessageComes_isKeptOnlyIfItIsNewer() {
        Fill<String> slow = begin("user:1");
        Fill<String> newer = begin("user:2");
        Fill<String> other = begin("other");
        message(10, "user:*");
        near.complete(slow, entry(9));
        near.complete(newer, entry(11));
        near.complete(other, entry(8));
        assertThat(near.get("user:1")).isNull();
        assertThat(near.get("user:2")).isNotNull();
        assertThat(near.get("other")).isNotNull();
        assertThat(near.pending()).isZero();
    }

    /** The far tier was asked after the message: what has an old stamp there is not concerned any more, or its end will be told. */
    @Test
    void fill_thatBeginsAfterTheMessage_isKept_howeverOldTheEntryIs() {
        message(10, "user:*");
        fill("user:1", 5);
        assertThat(near.get("user:1")).isNotNull();
        message(12, "user:*"); // the second one, after the walk
        assertThat(near.get("user:1")).isNull();
        fill("user:1", 5);
        assertThat(near.get("user:1")).isNotNull();
    }

    @Test
    void ownWrite_thatAnInvalidationHasOvertaken_isNotServed() {
        Fill<String> write = begin("user:1");
        message(10, "user:*");
        near.complete(write, new Version(9, 9), entry(9));
        assertThat(near.get("user:1")).isNull();
    }

    /** Each entry is compared with each pattern once. */
    @Test
    void entry_thatWasJudged_isNotJudgedAgain() {
        fill("other", 5);
        message(10, "user:*");
        message(11, "feed:*");
        near.get("other");
        int asked = texts.get();
        near.get("other");
        assertThat(asked).isOne();
        assertThat(texts).hasValue(asked);
        near.touch("other", new Version(5, 5), Entry.NEVER);
        near.get("other");
        assertThat(texts).hasValue(asked);
    }

    @Test
    void entry_thatIsTouched_staysConcerned() {
        fill("user:1", 5);
        near.touch("user:1", new Version(5, 5), 9_000_000);
        message(10, "user:*");
        assertThat(near.get("user:1")).isNull();
    }

    @Test
    void newEpoch_forgetsThePatternsOfBefore() {
        message(100, "user:*");
        Fill<String> slow = begin("user:1");
        near.beginEpoch(0);
        fill("user:2", 5);
        near.complete(slow, entry(6));
        assertThat(near.get("user:2")).isNotNull();
        assertThat(near.get("user:1")).isNull();
    }

    /** However many patterns others invalidate, what is looked up now and then stays. */
    @Test
    void manyPatterns_leaveWhatIsLookedUpBetweenThem() {
        fill("mine", 5);
        for (int i = 0; i < 1_000; i++) {
            message(10 + i, "p" + i);
            assertThat(i % 64 == 0 ? near.get("mine") : "").isNotNull();
        }
        message(2_000, "m*");
        assertThat(near.get("mine")).isNull();
    }

    /** Nobody can tell any more whether the pattern that was let go concerned it. */
    @Test
    void tooManyPatterns_endWhatWasNotLookedUpSinceTheOldest() {
        fill("mine", 5);
        Fill<String> slow = begin("p0");
        for (int i = 0; i < 64; i++) {
            message(10 + i, "p" + i);
        }
        assertThat(near.get("mine")).as("all are known").isNotNull();
        fill("idle", 5);
        for (int i = 64; i < 129; i++) {
            message(10 + i, "p" + i);
        }
        near.complete(slow, entry(6));
        assertThat(near.get("idle")).isNull();
        assertThat(near.getStale("idle")).isNull();
        assertThat(near.get("p0")).isNull();
        fill("idle", 5);
        assertThat(near.get("idle")).as("asked for since").isNotNull();
    }

    /** The same pattern again and again takes one place. */
    @Test
    void samePattern_isRememberedOnce() {
        fill("mine", 5);
        for (int i = 0; i < 200; i++) {
            near.invalidatePattern(0, Glob.of("p*"), 10 + i);
        }
        assertThat(near.get("mine")).isNotNull();
        fill("p1", 5);
        near.invalidatePattern(0, Glob.of("p*"), 300);
        assertThat(near.get("p1")).isNull();
    }

    @Test
    void ownInvalidation_endsWhatMatches_alsoFillsUnderWay_whateverTheirStamps() {
        fill("user:1", 500);
        fill("other", 6);
        Fill<String> slow = begin("user:2");
        own("user:*", Map.of());
        near.complete(slow, entry(900));
        assertThat(near.get("user:1")).isNull();
        assertThat(near.get("user:2")).isNull();
        assertThat(near.get("other")).isNotNull();
        fill("user:1", 500);
        assertThat(near.get("user:1")).isNotNull();
    }

    /** The own messages come when the call has returned, and something was put since. */
    @Test
    void ownMessage_thatComesAfterTheCall_leavesWhatWasPutSince() {
        fill("user:1", 5);
        Fill<String> slow = begin("user:3");
        own("user:*", Map.of());
        fill("user:1", 50);
        fill("user:2", 30);
        near.invalidatePattern(0, Glob.of("user:*"), 40);
        near.complete(slow, entry(60));
        assertThat(near.get("user:1")).isNotNull();
        assertThat(near.get("user:2")).isNull();
        assertThat(near.get("user:3")).as("asked for before the call").isNull();
    }

    @Test
    void ownInvalidation_thatIsNotAboveWhatWasSeen_beginsANewEpoch() {
        fill("a", 50);
        long[] before = near.highest();
        near.invalidatePattern(TextKeys.matching("b"), Map.of(0, 20L, 1, 20L, 2, 20L, 3, 20L), before);
        assertThat(commons.regressed).containsExactly(0);
    }

    /** Whoever found an entry long ago and stood still since then asks for the patterns last. */
    @Test
    void lookUp_thatStoodStillWhileTheMessageCame_doesNotServe() {
        fill("user:1", 5);
        commons.duringNextLook.set(() -> message(10, "user:*"));
        assertThat(near.get("user:1")).isNull();
    }
}
