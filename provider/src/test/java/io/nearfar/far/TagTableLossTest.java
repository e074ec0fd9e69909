package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.config.Mode;
import io.nearfar.entry.Attributes;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Ending;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Lifetime;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.CapturedLog;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RespClient;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tags cost, and what becomes of them on a server that has no room. */
@Timeout(180)
class TagTableLossTest {
    private static final int KEYS = 256;
    private static final long MINUTES = 600_000;

    /** So that some, many or nearly all keys have to go. */
    private static final int[] PRESSURES = {500, 700, 1_000, 1_500, 2_500, 6_000};

    private final Keyspace keyspace = new Keyspace("tags");

    private static FarTier tier(RealRedis redis) {
        return FarSetups.open(FarSetups.quiet(FarSetups.far(FarSetups.address(redis.host()), "tags")));
    }

    private static FarEntries<String, String> store(FarTier tier) {
        FarEntries<String, String> store =
                tier.store(FarSetups.cache("c", Mode.FAR, FarSetups.DEADLINE), new TextKeys(), new TextFormat());
        FarSetups.awaitReach(store);
        return store;
    }

    private static Change<String> tagged(String... tags) {
        return Change.write(new TextFormat().keep("v"), Condition.ALWAYS, Lifetime.of(MINUTES), false)
                .with(Attributes.of(List.of(tags), Attributes.AS_CONFIGURED));
    }

    /** A user who lost the rights to the table has invalidations all the same: nothing of before comes back with the rights. */
    @ParameterizedTest
    @ValueSource(strings = {"hget", "hset", "hdel", "hlen"})
    void tableThatIsRefused_makesTheInvalidationAClear(String command) {
        try (RealRedis redis = RealRedis.start();
                FarTier tier = tier(redis);
                CapturedLog log = new CapturedLog()) {
            FarEntries<String, String> store = store(tier);
            store.invalidateTags(Set.of("yellow"));
            for (String key : List.of("red", "green", "none")) {
                store.apply(key, key.equals("none") ? tagged() : tagged(key));
            }
            redis.call("ACL", "SETUSER", "default", "-" + command);
            store.invalidateTags(Set.of("red"));
            store.invalidateTags(Set.of("red"));
            assertThat(tables(redis)).isZero();
            assertThat(log.lines("NF0314 c:")).singleElement().asString().contains(" ERROR ");
            redis.call("ACL", "SETUSER", "default", "+" + command);
            for (String key : List.of("red", "green", "none")) {
                assertThat(store.read(key, Freshness.AUTHORITY)).isNull();
                store.apply(key, tagged(key));
            }
            store.invalidateTags(Set.of("red"));
            assertThat(store.read("red", Freshness.AUTHORITY)).isNull();
            assertThat(store.read("green", Freshness.AUTHORITY)).isNotNull();
        }
    }

    private static List<String> keys() {
        return IntStream.range(0, KEYS).mapToObj(i -> "k" + i).toList();
    }

    private static long figure(RealRedis redis, String section, String name) {
        String info = RespClient.text(redis.call("INFO", section));
        String from = info.substring(info.indexOf(name + ":") + name.length() + 1);
        return Long.parseLong(from.substring(0, from.indexOf('\r')));
    }

    private long tables(RealRedis redis) {
        return IntStream.range(0, Keyspace.PARTITIONS)
                .filter(partition ->
                        redis.call("EXISTS", keyspace.tagsKey("c", partition)).equals(1L))
                .count();
    }

    /** Returns how many entries lie there, above the last clear, whose table is gone: only the meta can tell that they died. */
    private long bereft(RealRedis redis) {
        return keys().stream()
                .filter(key -> redis.call("EXISTS", keyspace.entryKey("c", key)).equals(1L))
                .map(key -> keyspace.partition("c", key))
                .filter(partition ->
                        redis.call("EXISTS", keyspace.metaKey("c", partition)).equals(1L))
                .filter(partition ->
                        redis.call("EXISTS", keyspace.tagsKey("c", partition)).equals(0L))
                .count();
    }

    /** Entries and metas are read a lot, so that under a policy that looks at that their tables go before them. */
    private void touch(RealRedis redis) {
        List<Object> words = new ArrayList<>(List.of("TOUCH"));
        keys().forEach(key -> words.add(keyspace.entryKey("c", key)));
        IntStream.range(0, Keyspace.PARTITIONS).forEach(partition -> words.add(keyspace.metaKey("c", partition)));
        for (int i = 0; i < 100; i++) {
            redis.call(words.toArray());
        }
    }

    /** Fills the server with other data that goes by itself, more than there is room for; tells whether it was refused. */
    private static boolean press(RealRedis redis, int count) {
        try (RespClient client = redis.connect()) {
            for (int i = 0; i < count; i++) {
                try {
                    String filler = "filler:" + i;
                    client.call("SET", filler, "x".repeat(1_000), "PX", MINUTES);
                    List<Object> read = new ArrayList<>(Collections.nCopies(50, filler));
                    read.add(0, "TOUCH");
                    client.call(read.toArray());
                } catch (IllegalStateException full) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * Entries are invalidated, then memory runs out and tables go, or metas, or entries; a node that has not seen any of it
     * must not meet one of them alive, and neither must an operation that is decided at the server.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "allkeys-lru",
                "allkeys-lfu",
                "allkeys-random",
                "volatile-lru",
                "volatile-random",
                "volatile-ttl",
                "noeviction"
            })
    void fullServer_revivesNothing(String policy) {
        try (RealRedis redis = RealRedis.start("--maxmemory-policy", policy);
                FarTier here = tier(redis)) {
            FarEntries<String, String> store = store(here);
            int alive = 0;
            long bereft = 0;
            boolean refused = false;
            for (int round = 0; round < PRESSURES.length; round++) {
                redis.call("CONFIG", "SET", "maxmemory", "0");
                for (String key : keys()) {
                    store.apply(key, tagged("red", "r" + round));
                }
                redis.call(
                        "CONFIG", "SET", "maxmemory", Long.toString(figure(redis, "memory", "used_memory") + 400_000));
                store.invalidateTags(round % 2 == 0 ? Set.of("red") : Set.of("r" + round, "x"));
                touch(redis);
                refused |= press(redis, PRESSURES[round]);
                bereft += bereft(redis);
                if (round % 2 == 1) {
                    store.invalidateTags(Set.of("another")); // after its table may have gone
                }
                alive += aliveAnywhere(redis, store);
            }
            assertThat(alive).isZero();
            if (policy.startsWith("allkeys")) {
                assertThat(bereft).as("tables that went before their entries").isPositive();
            }
            assertThat(refused || figure(redis, "stats", "evicted_keys") > 0)
                    .as("a full server")
                    .isTrue();
        }
    }

    private static int aliveAnywhere(RealRedis redis, FarEntries<String, String> store) {
        Map<String, Entry<String>> seen = store.readAll(keys(), Freshness.AUTHORITY);
        try (FarTier fresh = tier(redis)) {
            FarEntries<String, String> other = store(fresh);
            Map<String, Entry<String>> met = other.readAll(keys(), Freshness.AUTHORITY);
            return seen.size() + met.size() + replaced(other);
        }
    }

    private static int replaced(FarEntries<String, String> store) {
        int replaced = 0;
        for (String key : keys()) {
            try {
                Change<String> change = Change.removal(Condition.PRESENT, false);
                replaced += store.apply(key, change).existed() ? 1 : 0;
            } catch (FarTierUnavailableException full) {
                return replaced;
            }
        }
        return replaced;
    }

    /** The loss of tables alone, of all of them, so that no luck is needed. */
    @Test
    void lostTables_costHitsOnly() {
        try (RealRedis redis = RealRedis.start();
                FarTier here = tier(redis);
                FarTier there = tier(redis)) {
            FarEntries<String, String> store = store(here);
            keys().forEach(key -> store.apply(key, tagged("red")));
            store.invalidateTags(Set.of("green"));
            assertThat(store.readAll(keys(), Freshness.AUTHORITY)).hasSize(KEYS);
            assertThat(tables(redis)).isGreaterThan(Keyspace.PARTITIONS / 2);
            for (int partition = 0; partition < Keyspace.PARTITIONS; partition++) {
                redis.call("DEL", keyspace.tagsKey("c", partition));
            }
            assertThat(store(there).readAll(keys(), Freshness.AUTHORITY)).isEmpty();
            keys().forEach(key -> store.apply(key, tagged("red")));
            assertThat(store(there).readAll(keys(), Freshness.AUTHORITY)).hasSize(KEYS);
            store.invalidateTags(Set.of("blue"));
            assertThat(store(there).readAll(keys(), Freshness.AUTHORITY)).hasSize(KEYS);
        }
    }

    static long calls(RealRedis redis, String command) {
        String info = RespClient.text(redis.call("INFO", "commandstats"));
        int at = info.indexOf("cmdstat_" + command + ":calls=");
        if (at < 0) {
            return 0;
        }
        String calls = info.substring(info.indexOf('=', at) + 1);
        return Long.parseLong(calls.substring(0, calls.indexOf(',')));
    }

    /** As a hard one. */
    @Test
    void softInvalidation_costsOneWriteForEachPartition() {
        try (RealRedis redis = RealRedis.start();
                FarTier here = tier(redis)) {
            FarEntries<String, String> store = store(here);
            Map<String, Change<String>> changes = new java.util.HashMap<>();
            for (int i = 0; i < 2_000; i++) {
                changes.put("k" + i, tagged("red"));
            }
            store.applyAll(changes);
            store.invalidateTags(Set.of("warm"), Ending.SOFT); // the script is known from here on
            redis.call("CONFIG", "RESETSTAT");
            store.invalidateTags(Set.of("red", "blue"), Ending.SOFT);
            assertThat(calls(redis, "evalsha")).isEqualTo(Keyspace.PARTITIONS);
            assertThat(calls(redis, "eval")).isZero();
            assertThat(calls(redis, "publish")).isEqualTo(Keyspace.PARTITIONS);
            assertThat(calls(redis, "set")).isEqualTo(2L * Keyspace.PARTITIONS);
            assertThat(store.read("k1", Freshness.AUTHORITY)).isNull();
        }
    }

    /** One script for each partition, whatever the number of entries and tags. */
    @Test
    void invalidation_costsOneWriteForEachPartition() {
        try (RealRedis redis = RealRedis.start();
                FarTier here = tier(redis)) {
            FarEntries<String, String> store = store(here);
            Map<String, Change<String>> changes = new java.util.HashMap<>();
            for (int i = 0; i < 20_000; i++) {
                changes.put("k" + i, tagged("red", "t" + i % 7));
            }
            store.applyAll(changes);
            store.invalidateTags(Set.of("warm")); // the script is known from here on
            redis.call("CONFIG", "RESETSTAT");
            store.invalidateTags(Set.of("red", "blue", "t3"));
            assertThat(calls(redis, "evalsha")).isEqualTo(Keyspace.PARTITIONS);
            assertThat(calls(redis, "eval")).isZero();
            assertThat(calls(redis, "publish")).isEqualTo(Keyspace.PARTITIONS);
            assertThat(calls(redis, "set")).isEqualTo(2L * Keyspace.PARTITIONS);
            assertThat(store.read("k1", Freshness.AUTHORITY)).isNull();
        }
    }

    /** An entry without tags is one MGET; one with tags asks once more for each invalidation, and then no more. */
    @Test
    void reads_askTheTableOnceForEachInvalidation() {
        try (RealRedis redis = RealRedis.start();
                FarTier here = tier(redis)) {
            FarEntries<String, String> store = store(here);
            store.apply("plain", tagged());
            store.apply("k", tagged("red"));
            redis.call("CONFIG", "RESETSTAT");
            read(store, "k", 10);
            assertThat(calls(redis, "hmget")).isZero();
            store.invalidateTags(Set.of("green"));
            redis.call("CONFIG", "RESETSTAT");
            read(store, "plain", 10);
            assertThat(calls(redis, "hmget")).isZero();
            read(store, "k", 10);
            assertThat(calls(redis, "hmget")).isOne();
            assertThat(calls(redis, "mget")).isEqualTo(20L);
            store.apply("k", tagged("red"));
            store.invalidateTags(Set.of("green"));
            store.apply("k", tagged("red")); // above the invalidation: no question
            redis.call("CONFIG", "RESETSTAT");
            read(store, "k", 10);
            assertThat(calls(redis, "hmget")).isZero();
        }
    }

    private static void read(FarEntries<String, String> store, String key, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(store.read(key, Freshness.AUTHORITY)).isNotNull();
        }
    }

    private static List<String> numbered(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(n -> "t" + n).toList();
    }

    /** To trim all takes the server longer than a call may. */
    @Test
    void tables_areTrimmedOneAfterAnother() {
        try (RealRedis redis = RealRedis.start();
                FarTier here = tier(redis)) {
            FarEntries<String, String> store = store(here);
            store.invalidateTags(Set.of("first")); // puts the metas in their places
            for (int i = 0; i < 8; i++) {
                store.invalidateTags(numbered(512 * i, 512));
            }
            store.invalidateTags(Set.of("one more"));
            long trimmed = IntStream.range(0, Keyspace.PARTITIONS)
                    .filter(partition -> (Long) redis.call("HLEN", keyspace.tagsKey("c", partition)) < 4_000)
                    .count();
            assertThat(trimmed).isOne();
        }
    }

    /** The tables do not grow with the tags that were ever invalidated. */
    @Test
    void tables_areBounded() {
        try (RealRedis redis = RealRedis.start();
                FarTier here = tier(redis)) {
            FarEntries<String, String> store = store(here);
            List<Long> sizes = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                store.invalidateTags(numbered(500 * i, 500));
                sizes.add((Long) redis.call("HLEN", keyspace.tagsKey("c", 0)));
            }
            assertThat(sizes).allMatch(size -> size <= 4_097);
            store.apply("k", tagged("t1"));
            assertThat(store.read("k", Freshness.AUTHORITY)).isNotNull();
        }
    }

    @Test
    void destroyedCache_leavesNoTable() {
        try (RealRedis redis = RealRedis.start();
                FarTier here = tier(redis)) {
            FarEntries<String, String> store = store(here);
            store.apply("k", tagged("red"));
            store.invalidateTags(Set.of("red"));
            store.invalidateTags(Set.of("red")); // the first has put the metas in their places
            assertThat(tables(redis)).isEqualTo(Keyspace.PARTITIONS);
            store.destroy();
            assertThat(tables(redis)).isZero();
        }
    }
}
