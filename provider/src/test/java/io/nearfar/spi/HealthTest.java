package io.nearfar.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.CacheHealth;
import io.nearfar.CacheHealth.State;
import io.nearfar.CacheHealth.Warning;
import io.nearfar.NearfarManager;
import io.nearfar.testing.RealRedis;
import java.net.URI;
import java.time.Duration;
import java.util.Properties;
import javax.cache.CacheException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the far tier of a manager is, on a real server that is there, slow to answer, or away. */
@Timeout(120)
class HealthTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String PASSWORD = "not-to-be-shown";

    private static RealRedis redis;

    private final NearfarCachingProvider provider = new NearfarCachingProvider();
    private int managers;

    @BeforeAll
    static void start() {
        redis = RealRedis.start("--requirepass", PASSWORD);
    }

    @AfterAll
    static void stop() {
        redis.thaw();
        redis.close();
    }

    @BeforeEach
    void letItSpeak() {
        redis.thaw();
        redis.call("CONFIG", "SET", "maxmemory", "100mb");
        redis.call("CONFIG", "SET", "maxmemory-policy", "volatile-lru");
    }

    @AfterEach
    void close() {
        provider.close();
    }

    private NearfarManager manager(String... settings) {
        Properties properties = new Properties();
        properties.setProperty("nearfar.prefix", "health");
        properties.setProperty("nearfar.deadline", "5s");
        for (int i = 0; i < settings.length; i += 2) {
            properties.setProperty(settings[i], settings[i + 1]);
        }
        return provider.getCacheManager(URI.create("test:health-" + managers++), null, properties)
                .unwrap(NearfarManager.class);
    }

    private NearfarManager connected(String... settings) {
        NearfarManager manager = manager(settings);
        manager.connect();
        await().atMost(SOON).until(() -> manager.health().state() == State.UP);
        return manager;
    }

    private static String address() {
        return "redis://:" + PASSWORD + "@" + redis.host();
    }

    @Test
    void withoutAServer_thereIsNothingToBeAway() {
        CacheHealth health = manager().health();
        assertThat(health).isEqualTo(CacheHealth.withoutFarTier("near"));
        assertThat(health.isConnected()).isFalse();
        assertThat(health.isDegraded()).isFalse();
    }

    /** To ask opens nothing. */
    @Test
    void beforeAnyCache_nothingIsOpened() {
        NearfarManager manager = manager("nearfar.address", address());
        for (int i = 0; i < 2; i++) {
            CacheHealth health = manager.health();
            assertThat(health.state()).isEqualTo(State.NOT_OPENED);
            assertThat(health.isDegraded()).isFalse();
            assertThat(health.location()).isEqualTo("redis://" + redis.host() + "/0");
            assertThat(health.topology()).isEqualTo("standalone");
        }
    }

    @Test
    void serverThatAnswers_tellsItsFigures_andItsClock() {
        CacheHealth health = connected("nearfar.address", address()).health();
        assertThat(health.mode()).isEqualTo("tiered");
        assertThat(health.isConnected()).isTrue();
        assertThat(health.trouble()).isNull();
        assertThat(health.toString()).doesNotContain(PASSWORD);
        assertThat(health.servers()).singleElement().satisfies(server -> {
            assertThat(server.address()).isEqualTo(redis.host());
            assertThat(server.answers()).isTrue();
            assertThat(server.leftAlone()).isFalse();
            CacheHealth.Figures figures = server.figures();
            assertThat(figures.software()).isEqualTo("Redis");
            assertThat(figures.version()).startsWith("6.2");
            assertThat(figures.maximumMemory()).isEqualTo(100L << 20);
            assertThat(figures.evictionPolicy()).isEqualTo("volatile-lru");
            assertThat(figures.usedMemory()).isPositive();
            assertThat(figures.clients()).isPositive();
            assertThat(server.clock().roundTrip()).isPositive();
            assertThat(server.clock().offset().abs()).isLessThan(Duration.ofSeconds(60));
        });
    }

    @Test
    void serverThatIsSetUpUnfitly_isWarnedOf() {
        NearfarManager manager = connected("nearfar.address", address());
        redis.call("CONFIG", "SET", "maxmemory-policy", "noeviction");
        assertThat(manager.health().warnings()).extracting(Warning::id).contains("NF0322");
        redis.call("CONFIG", "SET", "maxmemory", "0");
        assertThat(manager.health().warnings())
                .extracting(Warning::id)
                .contains("NF0321")
                .doesNotContain("NF0322");
    }

    /** The first question finds it out, unless a beat has; from then on nobody asks. */
    @Test
    void frozenServer_isDownWithinTheDeadline_andThenLeftAlone() {
        NearfarManager manager = connected("nearfar.address", address(), "nearfar.deadline", "1s");
        redis.freeze();
        long begun = System.nanoTime();
        CacheHealth health = manager.health();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        assertThat(health.state()).isEqualTo(State.DOWN);
        assertThat(health.isDegraded()).isTrue();
        assertThat(health.outages()).isPositive();
        assertThat(health.servers()).singleElement().satisfies(server -> {
            assertThat(server.answers()).isFalse();
            assertThat(server.trouble()).contains(redis.host());
            assertThat(server.figures()).isNull();
        });
        CacheHealth next = manager.health();
        assertThat(next.state()).isEqualTo(State.DOWN);
        assertThat(next.servers()).singleElement().satisfies(server -> {
            assertThat(server.leftAlone()).isTrue();
            assertThat(server.trouble()).contains("was not asked");
        });
        redis.thaw();
        await().atMost(SOON).until(() -> manager.health().state() == State.UP);
    }

    @Test
    void serverThatWasNeverReached_isDown_andSaysWhy() {
        NearfarManager manager =
                manager("nearfar.address", "redis://:" + PASSWORD + "@127.0.0.1:" + RealRedis.freePort());
        manager.connect();
        CacheHealth health = manager.health();
        assertThat(health.state()).isEqualTo(State.DOWN);
        assertThat(health.servers()).isEmpty();
        assertThat(health.trouble()).contains("has not been reached yet");
        assertThat(health.toString()).doesNotContain(PASSWORD);
    }

    @Test
    void serverThatRefusesThePassword_isDown_andSaysWhy() {
        NearfarManager manager = manager("nearfar.address", "redis://:wrong@" + redis.host());
        assertThatThrownBy(manager::connect).isInstanceOf(CacheException.class);
        CacheHealth health = manager.health();
        assertThat(health.state()).isEqualTo(State.DOWN);
        assertThat(health.trouble()).contains("AUTH").doesNotContain("wrong@");
    }

    @Test
    void userWithoutTheRightToInfo_isServed_andToldOf() {
        redis.call("ACL", "SETUSER", "mute", "on", ">pw", "~*", "&*", "+@all");
        NearfarManager manager = connected("nearfar.address", "redis://mute:pw@" + redis.host());
        redis.call("ACL", "SETUSER", "mute", "-info");
        CacheHealth health = manager.health();
        assertThat(health.state()).isEqualTo(State.UP);
        assertThat(health.warnings()).extracting(Warning::id).contains("NF0327");
        redis.call("ACL", "DELUSER", "mute");
    }

    @Test
    void closedManager_refuses() {
        NearfarManager manager = manager();
        manager.close();
        assertThatThrownBy(manager::health).isInstanceOf(IllegalStateException.class);
    }
}
