package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.NearfarCache;
import io.nearfar.config.Mode;
import io.nearfar.entry.codec.gadget.Gadgets;
import io.nearfar.spi.NearfarCachingProvider;
import io.nearfar.testing.Application;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** JSR-107's operations while Redis is away and a database takes its place. */
@Timeout(120)
class FallbackTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    /** Each outage is found out by waiting for so long, and the database answers sooner also on a starved machine. */
    private static final String DEADLINE = "5s";

    private final RealRedis redis = RealRedis.start();
    private final TestDatabase database = new TestDatabase();
    private final Application application = Application.in(
            Mode.TIERED,
            "nearfar.address",
            "redis://" + redis.host(),
            "nearfar.deadline",
            DEADLINE,
            "nearfar.fallback.datasource",
            database.url(),
            "nearfar.fallback.user",
            database.user());

    @AfterEach
    void stop() {
        redis.thaw();
        application.close();
        redis.close();
        database.close();
    }

    private static MutableConfiguration<String, String> plain() {
        return new MutableConfiguration<>();
    }

    private static void putFar(Cache<String, String> cache, String key, String value) {
        await().atMost(SOON).ignoreException(FarTierUnavailableException.class).until(() -> {
            cache.getAndPut(key, value); // which only the far tier answers
            return true;
        });
    }

    /**
     * Stops the server while the entry is in the near tier: a starved node may have let go of it, and rightly, and then
     * nothing that its key is told is written after the outage.
     */
    private void freezeKnowing(Cache<String, String> cache, String key) {
        redis.freeze();
        while (cache.get(key) == null) {
            redis.thaw();
            await().atMost(SOON).until(() -> cache.get(key) != null);
            redis.freeze();
        }
    }

    private long rows() {
        return rows("NEARFAR_FALLBACK");
    }

    private long rows(String table) {
        return database.number("SELECT COUNT(*) FROM " + table);
    }

    /** Making the table may take longer than a question. */
    private void awaitTable(String table) {
        await().atMost(SOON).ignoreException(IllegalStateException.class).until(() -> rows(table) == 0);
    }

    @Test
    void operationsThatNeedNoAnswer_areSeenByTheOtherNodeAndMadeUpFor() throws Exception {
        NearfarCache<String, String> here = application.cache(plain());
        try (Application other = application.another()) {
            Cache<String, String> there = other.cache(plain());
            awaitTable("NEARFAR_FALLBACK");
            putFar(here, "near", "old");
            await().atMost(SOON).until(() -> "old".equals(there.get("near")));
            freezeKnowing(here, "near");
            here.put("k", "1");
            here.putAll(Map.of("l", "2", "near", "2"));
            here.remove("k");
            await().atMost(SOON).until(() -> "2".equals(there.get("near")));
            assertThat(there.getAll(Set.of("k", "l", "near"))).isEqualTo(Map.of("l", "2", "near", "2"));
            assertThat(there.containsKey("k")).isFalse();
            there.removeAll(Set.of("l"));
            assertThat(here.containsKey("l")).isFalse();
            assertThat(here.getOrLoad("m", () -> "loaded")).isEqualTo("loaded");
            assertThat(there.get("m")).isEqualTo("loaded");
            assertThatThrownBy(() -> here.putIfAbsent("n", "v")).isInstanceOf(CacheException.class);
            redis.thaw();
            await().atMost(SOON).until(() -> rows() == 0);
            await().atMost(SOON).until(() -> "2".equals(there.get("near")));
            there.clear();
            assertThat(here.get("k")).isNull();
        }
    }

    @Test
    void versionsOfACache_liveApartInTheTable() throws Exception {
        NearfarCache<String, String> here = application.cache(plain());
        try (Application other = application.another()) {
            NearfarCache<String, String> there = other.cache(plain());
            awaitTable("NEARFAR_FALLBACK");
            here.version(2).get("k");
            redis.freeze();
            here.version(2).put("k", "2");
            assertThat(there.version(2).get("k")).isEqualTo("2");
            assertThat(there.get("k")).isNull();
            here.put("k", "0");
            here.version(2).clear();
            assertThat(there.version(2).get("k")).isNull();
            assertThat(there.get("k")).isEqualTo("0");
        }
    }

    @Test
    void gadgetInARow_isNotRun() {
        Cache<Object, Object> here = application.cache(new MutableConfiguration<>());
        try (Application other = application.another()) {
            NearfarCache<String, String> there = other.cache(plain().setTypes(String.class, String.class));
            awaitTable("NEARFAR_FALLBACK");
            redis.freeze();
            List<Object> gadgets = new ArrayList<>(Gadgets.all());
            for (int i = 0; i < gadgets.size(); i++) {
                putIfAllowed(here, "k" + i, gadgets.get(i));
            }
            here.put(new Gadgets.OnRead(), "value");
            assertThat(rows()).isGreaterThan(gadgets.size() / 2);
            Gadgets.sprung = false;
            for (int i = 0; i < gadgets.size(); i++) {
                assertThat(there.get("k" + i)).isNull();
            }
            assertThat(there.figures().rejected()).isPositive();
            assertThat(Gadgets.sprung).isFalse();
        }
    }

    private static void putIfAllowed(Cache<Object, Object> cache, Object key, Object gadget) {
        try {
            cache.put(key, gadget);
        } catch (CacheException notStorable) {
            assertThat(notStorable).hasMessageContaining("is not allowed");
        }
    }

    /** The node that comes back first reads keys and values of others to settle them. */
    @Test
    void gadgetInARow_isNotRunByWhoSettlesIt() {
        Cache<Object, Object> here = application.cache(new MutableConfiguration<>());
        awaitTable("NEARFAR_FALLBACK");
        redis.freeze();
        here.put("k", new Gadgets.OnRead());
        here.put(new Gadgets.OnRead(), "value");
        assertThat(rows()).isEqualTo(2);
        database.run("CREATE TABLE KEPT AS SELECT * FROM NEARFAR_FALLBACK");
        redis.thaw();
        await().atMost(SOON).until(() -> rows() == 0);
        application.manager().close();
        Gadgets.sprung = false;
        database.run("INSERT INTO NEARFAR_FALLBACK SELECT * FROM KEPT");
        try (Application other = application.another()) {
            Cache<String, String> there = other.cache(plain().setTypes(String.class, String.class));
            assertThat(there.get("k")).isNull();
            await().atMost(SOON).until(() -> rows() == 0);
            assertThat(Gadgets.sprung).isFalse();
        }
    }

    @Test
    void dataSourceOfTheProperties_isUsed() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(database.url());
        source.setUser(database.user());
        Properties properties = new Properties();
        properties.setProperty("nearfar.address", "redis://" + redis.host());
        properties.setProperty("nearfar.deadline", DEADLINE);
        properties.setProperty("nearfar.fallback.table", "OF_MINE");
        properties.put("nearfar.fallback.datasource", source);
        try (NearfarCachingProvider provider = new NearfarCachingProvider()) {
            Cache<String, String> cache =
                    provider.getCacheManager(null, null, properties).createCache("cities", plain());
            awaitTable("OF_MINE");
            redis.freeze();
            cache.put("k", "v");
            assertThat(cache.get("k")).isEqualTo("v");
            assertThat(rows("OF_MINE")).isEqualTo(1);
        }
    }

    @Test
    void dataSourceThatIsNone_failsTheCreationOfTheCache() {
        Properties properties = new Properties();
        properties.setProperty("nearfar.address", "redis://" + redis.host());
        properties.put("nearfar.fallback.datasource", new Object());
        try (NearfarCachingProvider provider = new NearfarCachingProvider()) {
            assertThatThrownBy(() ->
                            provider.getCacheManager(null, null, properties).createCache("cities", plain()))
                    .isInstanceOf(CacheException.class)
                    .hasMessageContaining("no javax.sql.DataSource");
        }
    }

    @Test
    void cacheThatIsLeftOut_storesNothingThere() {
        Properties properties = new Properties();
        properties.setProperty("nearfar.address", "redis://" + redis.host());
        properties.setProperty("nearfar.deadline", DEADLINE);
        properties.setProperty("nearfar.fallback.datasource", database.url());
        properties.setProperty("nearfar.fallback.user", database.user());
        properties.setProperty("nearfar.cache.cities.outage.fallback", "false");
        try (NearfarCachingProvider provider = new NearfarCachingProvider()) {
            NearfarCache<?, ?> cache = provider.getCacheManager(null, null, properties)
                    .createCache("cities", plain())
                    .unwrap(NearfarCache.class);
            Cache<String, String> other =
                    provider.getCacheManager(null, null, properties).createCache("posts", plain());
            awaitTable("NEARFAR_FALLBACK");
            redis.freeze();
            provider.getCacheManager(null, null, properties)
                    .<String, String>getCache("cities")
                    .put("k", "v");
            assertThat(cache.figures().dirtyKeys()).isEqualTo(1);
            other.put("k", "v");
            assertThat(rows()).isEqualTo(1);
        }
    }
}
