package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import io.nearfar.testing.RealRedis;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Objects that need not be serializable, as a person finds them in Redis and other nodes read them. */
class JsonEntriesTest {
    private static final String PREFIX = "json";
    private static RealRedis redis;

    record Coordinate(double latitude, double longitude) {}

    record Town(String name, Coordinate at, List<String> names) {}

    record Key(String country, int number) implements Serializable {}

    @BeforeAll
    static void startServer() {
        redis = RealRedis.start();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    private static Application node(Mode mode, String codec) {
        return Application.in(
                mode,
                "nearfar.address",
                "redis://" + redis.host(),
                "nearfar.prefix",
                PREFIX,
                "nearfar.cache.towns.codec",
                codec);
    }

    private static Cache<Key, Town> towns(Application node) {
        return node.manager()
                .createCache("towns", new MutableConfiguration<Key, Town>().setTypes(Key.class, Town.class));
    }

    @Test
    void town_isReadableInRedisAndOnAnotherNode() {
        Town lisboa = new Town("Lisboa", new Coordinate(38.7, -9.1), List.of("Lisbon"));
        Key key = new Key("PT", 1);
        try (Application writing = node(Mode.TIERED, "json");
                Application reading = node(Mode.FAR, "json")) {
            towns(writing).put(key, lisboa);
            Cache<Key, Town> there = towns(reading);
            assertThat(there.get(key)).isEqualTo(lisboa);
            assertThat(there.iterator().next().getKey()).isEqualTo(key);
            assertThat(stored()).contains("{\"name\":\"Lisboa\",\"at\":{\"latitude\":38.7,\"longitude\":-9.1}");
        }
    }

    private static String stored() {
        List<?> keys = (List<?>) redis.call("KEYS", "*:e:towns:*");
        return new String((byte[]) redis.call("GET", keys.get(0)), StandardCharsets.UTF_8);
    }

    @Test
    void town_thatIsNotSerializable_needsJson() {
        try (Application node = node(Mode.NEAR, "java")) {
            Cache<Key, Town> towns = towns(node);
            assertThatThrownBy(() -> towns.put(new Key("PT", 1), new Town("x", new Coordinate(0, 0), List.of())))
                    .isInstanceOf(CacheException.class)
                    .hasMessageContainingAll("Serializable", "nearfar.cache.towns.codec");
        }
    }
}
