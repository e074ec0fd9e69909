package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.config.Mode;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Lifetime;
import io.nearfar.testing.RealRedis;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Accesses that move expirations, on two nodes over one real Redis. */
class TouchedEntriesTest {
    private static RealRedis redis;
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final long MINUTE = 60_000;

    private Node here;
    private Node there;

    @BeforeAll
    static void startServer() {
        redis = RealRedis.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void start() {
        redis.flush();
        here = Node.over(redis, Mode.TIERED);
        there = Node.over(redis, Mode.TIERED);
    }

    @AfterEach
    void stop() {
        here.close();
        there.close();
    }

    private Entry<String> put(String key, long millis) {
        return put(here, key, millis);
    }

    private static Entry<String> put(Node node, String key, long millis) {
        return write(node, key, Lifetime.of(millis));
    }

    private Entry<String> write(String key, Lifetime lifetime) {
        return write(here, key, lifetime);
    }

    private static Entry<String> write(Node node, String key, Lifetime lifetime) {
        return node.store()
                .apply(key, Change.write(node.values.keep(key), Condition.ALWAYS, lifetime, false))
                .now();
    }

    private long farEnd(String key) {
        return there.store().read(key, Freshness.AUTHORITY).expires();
    }

    /** Lets an entry of five minutes live for ten by an access; returns an instant to which it would not have lived. */
    private long extend(Entry<String> entry) {
        here.store().touch(key(entry), entry, 10 * MINUTE);
        return entry.expires() + 4 * MINUTE * 1_000;
    }

    private String key(Entry<String> entry) {
        return entry.value().get();
    }

    @Test
    void touch_thatExtends_isTrueHereAtOnceAndElsewhereSoon() {
        long extended = extend(put("a", 5 * MINUTE));
        await().atMost(SOON).until(() -> farEnd("a") > extended);
        await().atMost(SOON).until(() -> here.store().read("a", Freshness.NEAR).expires() > extended);
    }

    /** However many accesses there are, the far tier is called once in an interval. */
    @Test
    void touch_ofHotKeys_isPushedTogether() {
        List<Entry<String>> entries = List.of(put("a", 5 * MINUTE), put("b", 5 * MINUTE), put("c", 5 * MINUTE));
        assertThat(scripts()).isPositive();
        redis.call("CONFIG", "RESETSTAT");
        long start = System.nanoTime();
        for (int access = 1; access <= 300; access++) {
            for (Entry<String> entry : entries) {
                here.store().touch(key(entry), entry, 10 * MINUTE + 10L * access);
            }
        }
        for (Entry<String> entry : entries) {
            long end = entry.expires() + 5 * MINUTE * 1_000 + 10L * 300 * 1_000;
            await().atMost(SOON).until(() -> farEnd(key(entry)) >= end);
        }
        long intervals = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) / Touches.INTERVAL_MILLIS;
        long beats = 2 * (1 + intervals / 4); // of the two nodes, every 200 ms
        assertThat(scripts()).isPositive().isLessThanOrEqualTo(intervals + 2 + beats);
    }

    private static long scripts() {
        Matcher calls =
                Pattern.compile("cmdstat_evalsha:calls=(\\d+)").matcher(text(redis.call("INFO", "commandstats")));
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }

    private static String text(Object answer) {
        return new String((byte[]) answer, java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void touch_ofWhatEndsSoon_isPushedAtOnce() {
        Entry<String> entry = put("a", 300);
        here.store().touch("a", entry, MINUTE);
        assertThat(farEnd("a")).isGreaterThan(entry.expires() + MINUTE * 900);
    }

    @Test
    void write_thatKeepsTheEnd_keepsTheOneOfTheAccessBefore() {
        Lifetime kept = new Lifetime(MINUTE, Lifetime.UNCHANGED);
        long extended = extend(put("a", 5 * MINUTE));
        write("a", kept);
        assertThat(farEnd("a")).isGreaterThan(extended);
        extended = extend(put("b", 5 * MINUTE));
        here.store().applyAll(Map.of("b", Change.write(here.values.keep("w"), Condition.PRESENT, kept, false)));
        assertThat(farEnd("b")).isGreaterThan(extended);
    }

    @Test
    void touch_thatBringsForward_isNotOvertakenByTheExtensionBefore() {
        Entry<String> entry = put("a", 5 * MINUTE);
        long extended = extend(entry);
        here.store().touch("a", entry.expiring(extended), 6 * MINUTE);
        long end = farEnd("a");
        assertThat(end).isLessThan(entry.expires() + 2 * MINUTE * 1_000);
        long other = extend(put("b", 5 * MINUTE));
        await().atMost(SOON).until(() -> farEnd("b") > other);
        assertThat(farEnd("a")).isEqualTo(end);
    }

    @Test
    void close_leavesNoAccessBehind() {
        long extended = extend(put("a", 5 * MINUTE));
        here.cache.close();
        assertThat(farEnd("a")).isGreaterThan(extended);
    }

    /** Nobody tells of an entry that the server has let go for want of room; an access comes across it. */
    @Test
    void touch_ofWhatTheFarTierHasLost_takesItFromTheNearTier() {
        Entry<String> entry = put("a", 5 * MINUTE);
        for (Object key : (List<?>) redis.call("KEYS", "*:a")) {
            redis.call("DEL", key);
        }
        extend(entry);
        await().atMost(SOON).until(() -> here.get("a") == null);
    }

    /** Other nodes were not told that it lives longer, so it does not here. */
    @Test
    void touch_thatCannotBeTold_isTakenBackHere() {
        try (RealRedis dying = RealRedis.start();
                Node alone = Node.over(dying, Mode.TIERED)) {
            Entry<String> entry = put(alone, "a", 5 * MINUTE);
            long before = alone.figures().unavailable();
            dying.kill();
            alone.store().touch("a", entry, 10 * MINUTE);
            await().atMost(SOON).until(() -> alone.figures().unavailable() > before);
            assertThat(alone.store().read("a", Freshness.NEAR).expires()).isEqualTo(entry.expires());
        }
    }

    @Test
    void touch_thatCannotBeToldAtOnce_changesNothingHere() {
        try (RealRedis dying = RealRedis.start();
                Node alone = Node.over(dying, Mode.TIERED)) {
            Entry<String> entry = put(alone, "a", 400);
            dying.kill();
            assertThat(alone.store().touch("a", entry, MINUTE)).isFalse();
            Entry<String> kept = alone.store().read("a", Freshness.NEAR);
            assertThat(kept == null ? entry.expires() : kept.expires()).isEqualTo(entry.expires());
        }
    }

    @Test
    void touch_ofWhatIsGone_changesNothing() {
        Entry<String> entry = put("a", 400);
        there.store().apply("a", Change.removal(Condition.ALWAYS, false));
        assertThat(here.store().touch("a", entry, MINUTE)).isFalse();
        await().atMost(SOON).until(() -> here.get("a") == null);
    }
}
