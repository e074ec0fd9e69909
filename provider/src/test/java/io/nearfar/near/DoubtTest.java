package io.nearfar.near;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.config.CacheSettings;
import io.nearfar.config.Mode;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Value;
import io.nearfar.entry.Version;
import io.nearfar.observe.CacheSignals;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.TextFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the near tier does when something is said to have happened to an entry, and nobody says what. */
class DoubtTest {
    private final AtomicLong now = new AtomicLong(1_000_000);
    private final Commons commons = new Commons(2, nanos -> now.get());
    private final CacheSignals signals = new CacheSignals("cities");
    private NearTier<String, String> near = near(true);

    private NearTier<String, String> near(boolean reversible) {
        CacheSettings settings = FarSetups.cache("cities", Mode.TIERED, FarSetups.DEADLINE);
        return new NearTier<>(
                settings, commons.value(), signals, key -> key, text -> reversible ? text : null, key -> key);
    }

    private static Entry<String> entry(long stamp) {
        Value<String> value = new TextFormat().keep("v" + stamp);
        return Entry.of(value, new Version(stamp, stamp), stamp, Entry.NEVER);
    }

    private Fill<String> begin(boolean reversible) {
        return near.begin("k", "k", reversible, 0);
    }

    @Test
    void doubt_ofAKeyThatIsUnknownHere_isNone() {
        near.complete(begin(true), entry(5));
        assertThat(near.doubt("other")).isNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keptEntry_thatTheFarTierStillHas_stays(boolean reversible) {
        near = near(reversible);
        near.complete(begin(reversible), entry(5));
        Kept<String> kept = near.examine(near.doubt("k"));
        assertThat(kept).isEqualTo(new Kept<>("k", entry(5).version()));
        assertThat(near.get("k")).isNotNull();
        near.disown(kept);
        assertThat(near.get("k")).isNull();
        assertThat(near.doubt("k")).isNull();
        assertThat(signals.figures(() -> 0).invalidations()).isOne();
    }

    /** Between the question and its answer this node wrote: the answer says nothing of that. */
    @Test
    void disown_ofWhatWasReplacedMeanwhile_leavesTheNewOne() {
        near.complete(begin(true), entry(5));
        Kept<String> kept = near.examine(near.doubt("k"));
        Fill<String> write = begin(true);
        near.complete(write, new Version(6, 6), entry(6));
        near.disown(kept);
        assertThat(near.get("k")).isEqualTo(entry(6));
        assertThat(signals.figures(() -> 0).invalidations()).isZero();
    }

    /** A read was sent before the event and brings what was there before it. */
    @Test
    void fill_underWayFromTheEventToTheExamination_bringsNothing() {
        Fill<String> reading = begin(true);
        assertThat(near.examine(near.doubt("k"))).isNull();
        near.complete(reading, entry(5));
        assertThat(near.get("k")).isNull();
        assertThat(near.pending()).isZero();
    }

    @Test
    void fill_thatEndedBeforeTheExamination_isCompared() {
        Fill<String> reading = begin(true);
        Doubt doubt = near.doubt("k");
        near.complete(reading, entry(5));
        assertThat(near.examine(doubt)).isNotNull();
    }

    @Test
    void fill_thatBeganAfterTheEvent_isKept() {
        near.complete(begin(true), entry(5));
        Doubt doubt = near.doubt("k");
        Fill<String> reading = begin(true);
        Kept<String> kept = near.examine(doubt);
        near.disown(kept);
        near.complete(reading, entry(7));
        assertThat(near.get("k")).isEqualTo(entry(7));
    }

    @Test
    void fill_thatBeginsAfterTheExamination_isKept() {
        Fill<String> marked = begin(true);
        near.examine(near.doubt("k"));
        Fill<String> reading = begin(true);
        near.complete(reading, entry(7));
        near.abandon(marked);
        assertThat(near.get("k")).isEqualTo(entry(7));
    }

    /** What is dead here already needs no question. */
    @Test
    void doubt_ofAnEntryThatWasClearedOrHasExpired_isNone() {
        near.complete(begin(true), entry(5));
        near.clear(0, 5);
        assertThat(near.doubt("k")).isNull();
    }
}
