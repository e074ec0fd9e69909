package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.NearfarCache;
import io.nearfar.NearfarManager;
import io.nearfar.config.Mode;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.Application;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RespClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two releases of an application side by side, under one prefix: their versions differ. */
@Timeout(180)
class TwoReleasesTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String VERSION = "nearfar.cache.cities.version";
    private static final String PREFIX = "two-releases";

    private final RealRedis redis = RealRedis.start();

    @AfterEach
    void stop() {
        redis.close();
    }

    private Application first(Mode mode, String... further) {
        List<String> settings = new ArrayList<>(
                List.of("nearfar.address", "redis://" + redis.host(), "nearfar.prefix", PREFIX, VERSION, "1"));
        settings.addAll(List.of(further));
        return Application.in(mode, settings.toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void releases_ofDifferentVersions_readNothingOfEachOther(Mode mode) {
        try (Application one = first(mode);
                Application two = one.another(VERSION, "2")) {
            NearfarCache<String, String> old = one.cache();
            NearfarCache<String, String> young = two.cache();
            old.put("k", "1");
            assertThat(young.get("k")).isNull();
            assertThat(young.putIfAbsent("k", "2")).isTrue();
            assertThat(old.get("k")).isEqualTo("1");
            young.clear();
            old.put("l", "1");
            assertThat(young).isEmpty();
            assertThat(old.get("k")).isEqualTo("1");
            one.manager().destroyCache("cities");
            young.put("k", "2");
            assertThat(young.get("k")).isEqualTo("2");
        }
    }

    /** A view is a node's cache like any other: what the other release changes it sees, far and near. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void view_ofTheOtherRelease_agreesWithIt(Mode mode) {
        try (Application one = first(mode);
                Application two = one.another(VERSION, "2")) {
            NearfarCache<String, String> old = one.cache();
            NearfarCache<String, String> view = two.<String, String>cache().version(1);
            old.put("k", "1");
            assertThat(view.get("k")).isEqualTo("1");
            old.put("k", "changed");
            await().atMost(SOON).until(() -> "changed".equals(view.get("k")));
            view.put("k", "from the view");
            await().atMost(SOON).until(() -> "from the view".equals(old.get("k")));
            old.clear();
            await().atMost(SOON).until(() -> view.get("k") == null);
        }
    }

    @Test
    void keys_ofAVersion_areReadable() {
        try (Application one = first(Mode.TIERED);
                RespClient client = new RespClient(redis.port())) {
            NearfarCache<String, String> cache = one.cache();
            cache.put("lisbon", "1");
            cache.version(0).put("lisbon", "0");
            Keyspace names = new Keyspace(PREFIX);
            assertThat(names.entryKey("cities~1", "lisbon")).endsWith(":e:cities~1:lisbon");
            assertThat(client.call("EXISTS", names.entryKey("cities~1", "lisbon")))
                    .isEqualTo(1L);
            assertThat(client.call("EXISTS", names.entryKey("cities", "lisbon")))
                    .isEqualTo(1L);
            cache.invalidateTag("river");
            int own = names.partition("cities~1", "lisbon");
            int other = names.partition("cities", "lisbon");
            assertThat(client.call("EXISTS", names.tagsKey("cities~1", own))).isEqualTo(1L);
            assertThat(client.call("EXISTS", names.tagsKey("cities", other))).isEqualTo(0L);
        }
    }

    /** Metas and tag tables have no expiry: a release that is no more would leave them for ever. */
    @Test
    void destroyedVersion_leavesNothingInRedis() {
        try (Application one = first(Mode.TIERED)) {
            NearfarCache<String, String> cache = one.cache();
            cache.put("k", "1");
            NearfarCache<String, String> before = cache.version(0);
            before.put("k", "0");
            before.invalidateTag("river");
            before.close();
            long own = keysOf("cities~1");
            assertThat(keysOf("cities")).isPositive();
            one.manager().unwrap(NearfarManager.class).destroyVersion("cities", 0);
            await().atMost(SOON).until(() -> keysOf("cities") == 0);
            assertThat(keysOf("cities~1")).isEqualTo(own);
            assertThat(cache.get("k")).isEqualTo("1");
        }
    }

    /** Returns how many keys carry the name, but for the terms, which expire. */
    private long keysOf(String stored) {
        return ((List<?>) redis.call("KEYS", "*:[megl]:" + stored + "*"))
                .stream()
                        .map(RespClient::text)
                        .filter(name -> name.matches(".*:[megl]:" + stored + "(:.*)?"))
                        .count();
    }

    /** Nothing but an event of the server's tells of it within the hour. */
    @Test
    void outsideChange_isNoticedByTheVersionConcerned() {
        redis.call("CONFIG", "SET", "notify-keyspace-events", "Kg$xe");
        try (Application one = first(Mode.TIERED, "nearfar.keyspace-events", "true", "nearfar.near.ttl", "1h")) {
            NearfarCache<String, String> view = one.<String, String>cache().version(2);
            view.put("k", "2");
            assertThat(view.get("k")).isEqualTo("2");
            redis.call("DEL", new Keyspace(PREFIX).entryKey("cities~2", "k"));
            await().atMost(SOON).until(() -> view.get("k") == null);
        }
    }

    /** What each version was told in an outage is made up for in that version. */
    @Test
    void outage_changesOfEachVersion_areMadeUpForApart() {
        try (Application one = first(Mode.TIERED, "nearfar.deadline", "5s")) {
            NearfarCache<String, String> cache = one.cache();
            NearfarCache<String, String> view = cache.version(2);
            cache.put("k", "1");
            view.put("k", "2");
            view.put("l", "2");
            redis.kill();
            view.clear();
            view.put("k", "put in the outage");
            assertThat(cache.figures().dirtyKeys()).isZero();
            assertThat(view.figures().dirtyKeys()).isEqualTo(1);
            assertThat(view.get("k")).isEqualTo("put in the outage");
            redis.restart();
            await().atMost(SOON)
                    .ignoreException(FarTierUnavailableException.class)
                    .until(() -> {
                        cache.putIfAbsent("back", "1"); // which only the far tier answers
                        view.putIfAbsent("back", "2");
                        return true;
                    });
            await().atMost(SOON).until(() -> view.figures().dirtyKeys() == 0);
            try (Application two = one.another()) {
                NearfarCache<String, String> there = two.cache();
                assertThat(there.get("back")).isEqualTo("1");
                assertThat(there.version(2).get("back")).isEqualTo("2");
                assertThat(there.version(2).get("l")).isNull();
            }
        }
    }
}
