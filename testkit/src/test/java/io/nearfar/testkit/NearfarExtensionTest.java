package io.nearfar.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.NearfarCache;
import io.nearfar.NearfarManager;
import io.nearfar.testkit.fault.Faults;
import io.nearfar.testkit.server.TestServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

@NearfarTest(settings = {"nearfar.deadline = 9s", "nearfar.cache.cities.ttl = 7m"})
class NearfarExtensionTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private NearfarFixture before;

    @BeforeEach
    void remember(NearfarFixture fixture) {
        before = fixture;
    }

    @Test
    void parameters_ofOneTest_belongTogether(
            NearfarFixture fixture,
            NearfarManager manager,
            CacheManager sameManager,
            @TestCache("cities") NearfarCache<String, Integer> cities,
            @TestCache("cities") Cache<String, Integer> sameCities,
            Faults faults,
            TestServer server) {
        assertThat(fixture).isSameAs(before);
        assertThat(sameManager).isSameAs(manager).isSameAs(fixture.manager());
        assertThat(sameCities).isSameAs(cities).isSameAs(fixture.cache("cities", String.class, Integer.class));
        assertThat(faults).isSameAs(fixture.faults());
        assertThat(server).isSameAs(fixture.server());
        assertThat(server.call("PING")).isEqualTo("PONG");
        assertThat(manager.health().isConnected()).isTrue();
    }

    @RepeatedTest(2)
    void cache_isEmptyWhenATestBegins(Cache<String, String> cache) {
        assertThat(cache.getAndPut("k", "v")).isNull();
    }

    @Test
    void cache_hasTheTypesOfItsParameter_andTheSettingsOfItsName(
            @TestCache("cities") NearfarCache<Integer, List<String>> cities) {
        assertThatThrownBy(() -> cities.getCacheManager().getCache("cities", String.class, List.class))
                .isInstanceOf(ClassCastException.class);
        assertThat(cities.settings().toString()).contains("7m");
        cities.put(1, List.of("Paris"));
        assertThat(cities.get(1)).containsExactly("Paris");
    }

    @Test
    void node_sharesTheCaches(NearfarFixture fixture, Cache<String, String> cache) {
        Cache<String, String> other = cacheOf(fixture.node());
        cache.put("k", "1");
        assertThat(other.get("k")).isEqualTo("1");
        other.put("k", "2");
        await().atMost(SOON).until(() -> "2".equals(cache.get("k")));
    }

    @Test
    void settings_givenToAnApplication_makeItANodeUnderTheFaults(NearfarFixture fixture, Cache<String, String> cache) {
        cache.put("k", "1");
        try (CacheManager manager = Caching.getCachingProvider("io.nearfar.spi.NearfarCachingProvider")
                .getCacheManager(URI.create("the-application"), null, fixture.settings())) {
            Cache<String, String> own = cacheOf(manager.unwrap(NearfarManager.class));
            assertThat(own.get("k")).isEqualTo("1");
            assertThat(fixture.faults().cut()).isGreaterThan(1);
        }
    }

    private static Cache<String, String> cacheOf(NearfarManager manager) {
        return manager.cacheFromTemplate("cache", String.class, String.class, List.of());
    }

    @Nested
    class Within {
        @Test
        void nestedTests_haveWhatTheClassAroundThemSays(@TestCache("cities") NearfarCache<String, String> cities) {
            assertThat(cities.settings().toString()).contains("7m");
        }

        @Test
        @NearfarTest(mode = Mode.NEAR)
        void annotationAtTheMethod_countsMore(NearfarManager manager) {
            assertThat(manager.health().mode()).isEqualTo("near");
        }
    }

    /** Not run by itself. */
    @NearfarTest(settings = "nearfar.deadline = 9s")
    static class OnAServerOfItsOwn {
        @Test
        void entry_isThere(Cache<String, String> cache, TestServer server, NearfarFixture fixture) {
            cache.put("k", "v");
            assertThat(server.address()).contains("tester:secret@").endsWith("/1");
            assertThat(cacheOf(fixture.node()).get("k")).isEqualTo("v");
            assertThat(Integer.parseInt(server.call("DBSIZE"))).isGreaterThan(1);
        }
    }

    /** Another program's key in the same database stays. */
    @Test
    void serverOfTheUsersOwn_isUsed_andLeftAsItWas() {
        TestServer embedded = TestServer.embedded();
        embedded.call("ACL", "SETUSER", "tester", "on", ">secret", "~*", "&*", "+@all");
        String address = embedded.address().replace("//", "//tester:secret@") + "/1";
        TestServer.at(address).call("SET", "of another program", "1");
        TestExecutionSummary summary = Runs.of(OnAServerOfItsOwn.class, Map.of("test.nearfar.address", address));
        assertThat(summary.getFailures()).isEmpty();
        assertThat(summary.getTestsSucceededCount()).isEqualTo(1);
        assertThat(TestServer.at(address).call("DBSIZE")).isEqualTo("1");
    }
}
