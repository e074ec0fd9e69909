package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.config.Mode;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Version;
import io.nearfar.near.NearCommons;
import io.nearfar.near.NearTier;
import io.nearfar.observe.CacheSignals;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What was near before an outage is not served under the lease of after it, and is there in it. */
class ReturnsTest {
    private static final Version WRITTEN = new Version(10, 1);

    private long now;
    private long outages;
    private final InvalidationRouter router = new InvalidationRouter(64, Duration.ofNanos(100), () -> {});
    private final NearTier<String, String> near = new NearTier<>(
            FarSetups.cache("cities", Mode.TIERED, FarSetups.DEADLINE),
            new NearCommons(router.leases(), nanos -> 1_000, () -> now, partition -> {}),
            new CacheSignals("cities"),
            key -> key,
            text -> text,
            key -> key);
    private final Overtaken<String> overtaken = new Overtaken<>(near, new TextKeys(), key -> 3);

    ReturnsTest() {
        now = System.nanoTime();
        router.notice(new Returns(partition -> outages, overtaken::returned));
        beat();
        near.complete(near.begin("k", "k", true, 3), Entry.of(new TextFormat().keep("v"), WRITTEN, 10, Entry.NEVER));
        assertThat(near.get("k")).isNotNull();
    }

    private void beat() {
        now += 50;
        router.asking(3, now);
        router.answered(3, now, WRITTEN);
        router.answered(3, now, WRITTEN);
    }

    @Test
    void beatAfterAnOutage_verifiesNothingOfBefore() {
        outages++;
        beat();
        assertThat(near.get("k")).isNull();
        assertThat(near.getStale("k")).isNull();
    }

    @Test
    void beatsWithoutOutage_leaveWhatIsNear() {
        beat();
        beat();
        assertThat(near.get("k")).isNotNull();
    }

    /** Its answer comes when the outage has begun. */
    @Test
    void beatThatWasUnderWay_leavesWhatIsNearForTheOutage() {
        now += 50;
        router.asking(3, now);
        outages++;
        router.answered(3, now, WRITTEN);
        assertThat(near.getStale("k")).isNotNull();
    }

    @Test
    void beatThatIsNotAnswered_leavesWhatIsNearForTheOutage() {
        outages++;
        router.asking(3, now + 50);
        assertThat(near.getStale("k")).isNotNull();
    }
}
