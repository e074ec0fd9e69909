package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Lifetime;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RespClient;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A read of many keys asks for the lengths first if, by what this node has met, they come to more than a megabyte. */
@Timeout(120)
class LengthsTest {
    private static final int MANY = 30;
    private static final String MIDDLING = "x".repeat(200_000);

    private final RealRedis redis = RealRedis.start();
    private final FarTier tier =
            FarSetups.open(FarSetups.quiet(FarSetups.far(FarSetups.address(redis.host()), "lengths")));
    private final EntryStore<String, String> store = store("c");

    @AfterEach
    void stop() {
        tier.close();
        redis.close();
    }

    /** Returns the entries of a cache as a node sees them that has met nothing yet. */
    private EntryStore<String, String> store(String cache) {
        return tier.store(FarSetups.cache(cache), new TextKeys(), new TextFormat());
    }

    private static Set<String> keys(String name) {
        return IntStream.range(0, MANY).mapToObj(i -> name + i).collect(Collectors.toSet());
    }

    private static void putAll(EntryStore<String, String> store, String name, String value) {
        Map<String, Change<String>> changes = new HashMap<>();
        keys(name)
                .forEach(key -> changes.put(
                        key,
                        Change.write(
                                new TextFormat().keep(value), Condition.ALWAYS, Lifetime.of(Lifetime.ETERNAL), false)));
        store.applyAll(changes);
    }

    private void readEach(String name) {
        keys(name).forEach(key -> store.read(key, Freshness.AUTHORITY));
    }

    /** Returns how many lengths a read of all of them has asked for. */
    private int lengthsAsked(String name) {
        redis.call("CONFIG", "RESETSTAT");
        store.readAll(keys(name), Freshness.AUTHORITY);
        String figures = RespClient.text(redis.call("INFO", "commandstats"));
        return figures.lines()
                .filter(line -> line.startsWith("cmdstat_strlen:calls="))
                .mapToInt(line -> Integer.parseInt(line.substring(line.indexOf('=') + 1, line.indexOf(','))))
                .sum();
    }

    @Test
    void ownLargerValues_raiseTheAverage() {
        putAll(store("c"), "small", "v");
        readEach("small");
        assertThat(lengthsAsked("small")).isZero();
        putAll(store, "middling", MIDDLING);
        assertThat(lengthsAsked("middling")).isEqualTo(MANY);
    }

    @Test
    void ownSmallerValues_lowerTheAverage() {
        putAll(store("c"), "middling", MIDDLING);
        readEach("middling");
        assertThat(lengthsAsked("middling")).isEqualTo(MANY);
        putAll(store, "small", "v");
        assertThat(lengthsAsked("small")).isZero();
    }

    @Test
    void ownSingleWrites_countLikewise() {
        putAll(store("c"), "small", "v");
        readEach("small");
        keys("middling").forEach(key -> store.apply(key, Sharing.write(MIDDLING)));
        assertThat(lengthsAsked("middling")).isEqualTo(MANY);
    }

    /** Who waits for loads meets nothing but these. */
    @Test
    void placeholders_leaveTheAverageAlone() {
        putAll(store("c"), "middling", MIDDLING);
        readEach("middling");
        keys("loading").forEach(key -> store.lease(key, 60_000));
        readEach("loading");
        assertThat(lengthsAsked("middling")).isEqualTo(MANY);
    }
}
