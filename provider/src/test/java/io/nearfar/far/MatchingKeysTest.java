package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.InvalidationPace;
import io.nearfar.config.StartPolicy;
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
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A walk that removes what matches, and what comes in between its parts. */
@Timeout(120)
class MatchingKeysTest {
    private static final String PREFIX = "matching";
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final RealRedis redis = RealRedis.start();
    private FarTier tier;
    private FarEntries<String, String> store;

    @BeforeEach
    void open() {
        tier = FarSetups.open(FarSetups.far(FarSetups.address(redis.host()), PREFIX, StartPolicy.DEFAULT, DEADLINE));
        store = tier.store(FarSetups.cache("c", DEADLINE), new TextKeys(), new TextFormat());
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

    private void putAll(int count) {
        for (int i = 0; i < count; i++) {
            String key = "k" + i;
            waitFor(() -> store.apply(key, Sharing.write("v")).applied());
        }
    }

    /** Lets a test do something while a walk stands at a key. */
    private static Predicate<String> pausing(Predicate<String> matching, int atMatch, Runnable meanwhile) {
        AtomicInteger matches = new AtomicInteger();
        return text -> {
            if (matching.test(text) && matches.incrementAndGet() == atMatch) {
                meanwhile.run();
            }
            return matching.test(text);
        };
    }

    private static KeyWalk slowly() {
        return new KeyWalk(new InvalidationPace(1, Long.MAX_VALUE), System::nanoTime);
    }

    private static void waitFor(BooleanSupplier condition) {
        await().atMost(Duration.ofSeconds(60))
                .pollInSameThread()
                .ignoreException(FarTierUnavailableException.class)
                .until(condition::getAsBoolean);
    }

    /** Another caller has found it silent; the server goes on from where it was, and so does the walk. */
    @Test
    void hiccup_costsNothingButTime() {
        putAll(60);
        KeyWalk undisturbed = slowly();
        store.removeMatching("", Glob.of("none"), undisturbed);
        KeyWalk walk = slowly();
        Predicate<String> pausing = pausing(Glob.of("k*"), 40, this::outage);
        store.removeMatching("", text -> pausing.test(text) && !text.startsWith("k"), walk);
        assertThat(walk.looked()).isLessThan(undisturbed.looked() * 5 / 4);
    }

    /** Nobody is asked while its breaker is open, until the beat finds it well. */
    private void outage() {
        redis.freeze();
        waitFor(() -> store.silence(0) != null);
        CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS).execute(redis::thaw);
    }

    @Test
    void hiccup_leavesNothingThatMatches() {
        putAll(60);
        KeyWalk walk = slowly();
        store.removeMatching("k", pausing(Glob.of("k*"), 20, this::outage), walk);
        assertThat(store.scan().hasNext()).isFalse();
        assertThat(walk.removed()).isEqualTo(60);
        assertThat(walk.found()).isEqualTo(60);
    }

    /** Between two pages nobody notices, and the new process has its keys in another order. */
    @Test
    void restart_thatNoPageNotices_letsTheWalkBeginAnew() {
        putAll(60);
        KeyWalk walk = slowly();
        store.removeMatching(
                "k",
                pausing(Glob.of("k*"), 30, () -> {
                    redis.kill();
                    redis.restart();
                    waitFor(() -> store.apply("k", Sharing.write("v")).applied());
                    putAll(60);
                }),
                walk);
        assertThat(store.scan().hasNext()).isFalse();
    }

    /** A pause is made before a page and not after the last. */
    @Test
    void walk_thatHasLookedAtAll_isAtItsEnd() throws Exception {
        putAll(5);
        KeyWalk walk = new KeyWalk(new InvalidationPace(10_000, 1), () -> 0);
        CompletableFuture<Void> walking =
                CompletableFuture.runAsync(() -> store.removeMatching("", Glob.of("*"), walk));
        try {
            walking.get(60, TimeUnit.SECONDS);
        } finally {
            walk.cancel();
        }
        assertThat(walk.removed()).isEqualTo(5);
    }

    /** The node that walks has not noticed that another destroys the cache. */
    @Test
    void announcement_ofACacheThatWasDestroyed_leavesNothingOfIt() {
        store.apply("k", Sharing.write("v"));
        store.destroy();
        announce(Glob.of("k*"));
        assertThat((List<?>) redis.call("KEYS", "*:m:c")).isEmpty();
    }
}
