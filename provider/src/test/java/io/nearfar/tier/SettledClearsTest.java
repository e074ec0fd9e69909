package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Freshness;
import io.nearfar.far.FarEntries;
import io.nearfar.far.FarTier;
import io.nearfar.key.Keyspace;
import io.nearfar.observe.CacheSignals;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cache is cleared for each server that has been away, unless somebody else did that since then. */
@Timeout(120)
class SettledClearsTest {
    private final RealRedis redis = RealRedis.start();
    private final FarTier tier = FarSetups.open(FarSetups.far(FarSetups.address(redis.host()), "settled"));
    private final FarEntries<String, String> far = tier.store(FarSetups.cache("c"), new TextKeys(), new TextFormat());
    private final long[] troubles = new long[Keyspace.PARTITIONS];
    private long now;
    private final ReturnWatch watch = new ReturnWatch(partition -> troubles[partition], partition -> false, () -> now);
    private final DirtySet<String, String> dirty = new DirtySet<>(
            FarSetups.DIRTY, key -> key, nanoTime -> 0, () -> now, new CacheSignals("c"), () -> {}, key -> 0);
    private final SettledClears clears =
            new SettledClears("c", far, dirty, new SettlingCounts(), watch, FarSetups.DEADLINE.toNanos());

    @AfterEach
    void stop() {
        tier.close();
        redis.close();
    }

    private String elsewhere(String key) {
        return IntStream.range(0, 1_000)
                .mapToObj(i -> "k" + i)
                .filter(other -> far.partition(other) != far.partition(key))
                .findFirst()
                .orElseThrow();
    }

    private void put(String key) {
        Change<String> write = Change.write(new TextFormat().keep("v"), Condition.ALWAYS, Node.eternal(), false);
        far.apply(key, write);
    }

    private boolean isThere(String key) {
        Entry<String> entry = far.read(key, Freshness.AUTHORITY);
        return entry != null;
    }

    private void clearPartitionOf(String key) {
        BitSet one = new BitSet();
        one.set(far.partition(key));
        far.clear(one, (partition, why) -> {
            throw why;
        });
    }

    private void fail(String key) {
        troubles[far.partition(key)]++;
    }

    /** The absences of two servers end together, and began an hour ago and just now. */
    @Test
    void eachPartition_isClearedUnlessItWasSinceItsOwnServerWasAway() {
        String longAway = "a";
        String justAway = elsewhere(longAway);
        fail(longAway);
        watch.isSuspect(far.partition(longAway));
        now = TimeUnit.HOURS.toNanos(1);
        watch.isSuspect(far.partition(justAway));
        clearPartitionOf(longAway); // another node that is back
        clearPartitionOf(justAway); // long before the outage
        put(longAway);
        put(justAway);
        fail(justAway);
        now += TimeUnit.MICROSECONDS.toNanos(1);
        assertThat(clears.settle()).isEmpty();
        assertThat(isThere(longAway)).as("cleared once").isTrue();
        assertThat(isThere(justAway)).isFalse();
    }
}
