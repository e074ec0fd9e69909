package io.nearfar.near;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Attributes;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Version;
import io.nearfar.near.NearLook.State;
import io.nearfar.observe.CacheSignals;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Why the near tier does not serve what it keeps. */
class NearLookTest {
    private static final long STAY = 60_000_000;

    private final AtomicLong now = new AtomicLong(1_000_000);
    private final Commons commons = new Commons(4, nanos -> now.get());
    private final TextFormat format = new TextFormat();
    private final NearTier<String, String> near = new NearTier<>(
            FarSetups.cache("c"), commons.value(), new CacheSignals("c"), key -> key, text -> text, key -> key);

    private void fill(String key, long stamp, long expires, String... tags) {
        Attributes attributes = Attributes.of(List.of(tags), Attributes.AS_CONFIGURED);
        near.complete(
                near.begin(key, key, true, 0),
                Entry.of(format.keep("v"), new Version(stamp, stamp), stamp, expires, attributes));
    }

    /** What is said must be what is done. */
    private State state(String key) {
        State state = near.look(key).state();
        assertThat(near.get(key) != null).as("%s is served", state).isEqualTo(state == State.SERVED);
        return state;
    }

    @Test
    void look_atWhatIsServed_tellsItsEntryAndTimes() {
        assertThat(near.look("k")).isNull();
        fill("k", 5, Entry.NEVER, "red");
        assertThat(state("k")).isEqualTo(State.SERVED);
        NearLook<String> look = near.look("k");
        assertThat(look.entry().version().stamp()).isEqualTo(5);
        assertThat(look.leaves()).isEqualTo(now.get() + STAY);
        assertThat(look.sinceVerified()).isZero();
        assertThat(look.tag()).isEmpty();
    }

    @Test
    void look_afterTheLease_saysSo() {
        fill("k", 5, Entry.NEVER);
        commons.nanos.addAndGet(Commons.LEASE.toNanos());
        assertThat(state("k")).isEqualTo(State.LEASE_OVER);
        assertThat(near.look("k").sinceVerified()).isEqualTo(Commons.LEASE.toNanos());
    }

    @Test
    void look_afterItsTimeOrItsStay_saysSo() {
        fill("brief", 5, now.get() + 10);
        fill("long", 6, Entry.NEVER);
        now.addAndGet(10);
        assertThat(state("brief")).isEqualTo(State.EXPIRED);
        now.addAndGet(STAY);
        assertThat(state("long")).isEqualTo(State.STAY_OVER);
    }

    @Test
    void look_afterAnInvalidationOfItsTag_namesThat() {
        fill("k", 5, Entry.NEVER, "blue", "red");
        near.invalidateTags(0, List.of("red", "white"), 10);
        assertThat(state("k")).isEqualTo(State.INVALIDATED);
        assertThat(near.look("k").tag()).isEqualTo("red");
    }

    @Test
    void look_afterAClearAPatternOrANewEpoch_saysWhich() {
        fill("k", 5, Entry.NEVER);
        near.invalidatePattern(0, TextKeys.matching("k*"), 10);
        assertThat(state("k")).isEqualTo(State.OVERTAKEN);
        fill("l", 11, Entry.NEVER);
        near.clear(0, 12);
        assertThat(state("l")).isEqualTo(State.CLEARED);
        fill("m", 13, Entry.NEVER, "red");
        near.invalidateTags(0, List.of("red"), 14);
        near.beginEpoch(0);
        assertThat(state("m")).isEqualTo(State.OTHER_EPOCH);
    }
}
