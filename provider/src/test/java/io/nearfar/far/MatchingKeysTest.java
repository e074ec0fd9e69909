package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.InvalidationPace;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.KeyWalk;
import io.nearfar.entry.Lease;
import io.nearfar.entry.Version;
import io.nearfar.key.Glob;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A walk that removes what matches, and what comes in between its parts. */
@Timeout(120)
class MatchingKeysTest {
    private static final String PREFIX = "matching";

    private final RealRedis redis = RealRedis.start();
    private FarTier tier;
    private FarEntries<String, String> store;

    @BeforeEach
    void open() {
        tier = FarSetups.open(FarSetups.far(FarSetups.address(redis.host()), PREFIX));
        store = tier.store(FarSetups.cache("c"), new TextKeys(), new TextFormat());
    }

    @AfterEach
    void close() {
        tier.close();
        redis.close();
    }

    private static KeyWalk walk() {
        return new KeyWalk(InvalidationPace.DEFAULT, System::nanoTime);
    }

    private void announce(Glob pattern) {
        BitSet all = new BitSet();
        all.set(0, Keyspace.PARTITIONS);
        assertThat(store.announce(pattern, all, (partition, why) -> {})).hasSize(Keyspace.PARTITIONS);
    }

    /** Its stamp lies above that of the invalidation, and what it has read does not. */
    @Test
    void load_thatBeganBefore_andEndsBeforeTheWalkComes_isRemoved() {
        Version granted = ((Lease.Granted<String>) store.lease("k", 60_000)).version();
        Glob pattern = Glob.of("k*");
        announce(pattern);
        assertThat(store.apply("k", Sharing.write("loaded").when(Condition.is(granted)))
                        .applied())
                .isTrue();
        store.removeMatching(pattern.literal(), pattern, walk());
        assertThat(store.read("k", Freshness.AUTHORITY)).isNull();
    }

    /** What a processor makes of an old value is as old. */
    @Test
    void replacement_ofAnOldValue_beforeTheWalkComes_isRemoved() {
        Entry<String> old = store.apply("k", Sharing.write("old")).now();
        Glob pattern = Glob.of("k*");
        announce(pattern);
        assertThat(store.apply("k", Sharing.write("old+1").when(Condition.is(old.version())))
                        .applied())
                .isTrue();
        store.removeMatching(pattern.literal(), pattern, walk());
        assertThat(store.read("k", Freshness.AUTHORITY)).isNull();
    }

    @Test
    void walk_keepsItsPace_andIsCancelledInItsMiddle() throws Exception {
        for (int i = 0; i < 50; i++) {
            store.apply("k" + i, Sharing.write("v"));
        }
        KeyWalk walk = new KeyWalk(new InvalidationPace(1, 1), System::nanoTime);
        CompletableFuture<Void> walking =
                CompletableFuture.runAsync(() -> store.removeMatching("", Glob.of("*"), walk));
        while (walk.looked() == 0) {
            Waiting.pause(1_000_000);
        }
        assertThat(walking).isNotDone();
        walk.cancel();
        walking.get(30, TimeUnit.SECONDS);
        assertThat(walk.removed()).isLessThan(50);
        assertThat(store.scan().hasNext()).isTrue();
    }

    /** An entry of a key whose text does not give it back, and what no reader could read. */
    @Test
    void walk_needsNoKeysAndNoValues() {
        store.apply("#a key beside its text", Sharing.write("v"));
        String name = new Keyspace(PREFIX).entryKey("c", "garbage");
        redis.call("SET", name, "garbage");
        KeyWalk walk = walk();
        store.removeMatching("", Glob.of("[#g]*"), walk);
        assertThat(walk.found()).isEqualTo(2);
        assertThat(walk.removed()).isEqualTo(1);
        assertThat(redis.call("EXISTS", name)).isEqualTo(0L);
    }
}
