package io.nearfar.near;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Entry;
import io.nearfar.entry.Version;
import io.nearfar.observe.CacheSignals;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.TextFormat;
import org.junit.jupiter.api.Test;

/** A new epoch while somebody is at a key: what was left on it before does not count, and what callers were told does. */
class EpochsTest {
    private final Commons commons = new Commons(4, nanos -> 1_000_000);
    private final NearTier<String, String> near = new NearTier<>(
            FarSetups.cache("c"), commons.value(), new CacheSignals("c"), key -> key, text -> text, key -> key);

    private static Version version(long stamp) {
        return new Version(stamp, stamp * 31);
    }

    private static Entry<String> entry(long stamp) {
        return Entry.of(new TextFormat().keep("v" + stamp), version(stamp), stamp, Entry.NEVER);
    }

    private Fill<String> begin(String key) {
        return near.begin(key, key, true, 0);
    }

    /** The far tier has gone back, to a server whose clock is behind; somebody was always reading the key. */
    @Test
    void fill_ofANewEpoch_isKeptWhateverWasLeftOnTheKeyBefore() {
        Fill<String> before = begin("a");
        near.invalidate("a", version(100));
        near.beginEpoch(0);
        Fill<String> after = begin("a");
        near.abandon(before);
        near.complete(after, entry(7));
        assertThat(near.get("a")).isEqualTo(entry(7));
        assertThat(near.pending()).isZero();
    }

    /** Likewise, and what was read before comes late: it stands against what is being read just now, but not for long. */
    @Test
    void fill_thatBeganAfterOneOfTheEpochBeforeHadEnded_isKept() {
        Fill<String> before = begin("a");
        near.beginEpoch(0);
        Fill<String> beside = begin("a");
        near.complete(before, entry(100));
        Fill<String> after = begin("a");
        near.complete(beside, entry(6));
        assertThat(near.get("a")).isNull();
        near.complete(after, entry(7));
        assertThat(near.get("a")).isEqualTo(entry(7));
        assertThat(near.pending()).isZero();
    }

    /** A new epoch can begin for a lost message alone: who is told of an own write does not see the old value again. */
    @Test
    void complete_ownWriteThatBeganInTheEpochBefore_dropsWhatALaterReadBrings() {
        Fill<String> write = begin("a");
        near.beginEpoch(0);
        Fill<String> read = begin("a");
        near.complete(write, version(9), entry(9));
        near.complete(read, entry(7));
        assertThat(near.get("a")).isNull();
        assertThat(near.pending()).isZero();
    }
}
