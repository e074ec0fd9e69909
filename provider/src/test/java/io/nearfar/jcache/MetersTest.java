package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.Bypass;
import io.nearfar.CacheObserver;
import io.nearfar.Decision.Basis;
import io.nearfar.Distribution;
import io.nearfar.Limit;
import io.nearfar.Meter;
import io.nearfar.NearfarCache;
import io.nearfar.NearfarManager;
import io.nearfar.Quota;
import io.nearfar.RateLimitExceededException;
import io.nearfar.RateLimiter;
import io.nearfar.config.Mode;
import io.nearfar.observe.HitCounter;
import io.nearfar.testing.Application;
import io.nearfar.testing.RealRedis;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import javax.management.AttributeNotFoundException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.assertj.core.api.Assertions;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What can be measured of caches, their link and the limiter, over a real server. */
@Timeout(120)
class MetersTest {
    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20));
    }

    private static NearfarManager manager(Application application) {
        return application.manager().unwrap(NearfarManager.class);
    }

    private static Meter meter(Application application, String text) {
        return manager(application).meters().stream()
                .filter(meter -> meter.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no meter " + text + " in "
                        + manager(application).meters()));
    }

    private static double value(Application application, String text) {
        return meter(application, text).value();
    }

    private static double total(Application application, String name) {
        return manager(application).meters().stream()
                .filter(meter -> meter.metric().fullName().equals(name))
                .mapToDouble(Meter::value)
                .sum();
    }

    private static Distribution distribution(Application application, String text) {
        return Objects.requireNonNull(meter(application, text).distribution());
    }

    /** Returns the limiter once it counts, which takes a busy machine a while. */
    private static RateLimiter counting(Application application) {
        Quota reach = new Limit("reach", 1_000_000, Duration.ofHours(1)).forAll();
        soon().ignoreExceptionsInstanceOf(CacheException.class)
                .until(
                        () -> application
                                .manager()
                                .unwrap(RateLimiter.class)
                                .decide(reach)
                                .basis(),
                        Basis.COUNTED::equals);
        return application.manager().unwrap(RateLimiter.class);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void meters_areThereOnce_whateverTheMode(Mode mode) {
        try (Application application = Application.in(mode)) {
            application.cache();
            List<Meter> meters = manager(application).meters();
            assertThat(meters.stream().map(Meter::toString)).doesNotHaveDuplicates();
            assertThat(meters.stream()
                            .anyMatch(meter -> meter.metric().fullName().startsWith("nearfar_message")))
                    .isEqualTo(mode != Mode.NEAR);
            assertThat(meters).allSatisfy(meter -> assertThat(meter.value()).isNotNaN());
        }
    }

    @Test
    void farOperations_areTimedAndTheirBytesCounted() {
        try (Application application = Application.in(Mode.FAR, "nearfar.cache.cities.compression", "deflate")) {
            NearfarCache<String, String> cache = application.cache();
            cache.put("k", "v".repeat(20_000));
            assertThat(cache.get("k")).hasSize(20_000);
            cache.remove("k");
            assertThat(cache.get("k")).isNull();
            String time = "nearfar_cache_far_operation_duration_seconds{cache=\"cities\",operation=\"";
            assertThat(distribution(application, time + "read\"}").count()).isGreaterThanOrEqualTo(2);
            assertThat(distribution(application, time + "read\"}").sum()).isPositive();
            assertThat(distribution(application, time + "write\"}").count()).isEqualTo(1);
            assertThat(distribution(application, time + "remove\"}").count()).isEqualTo(1);
            assertThat(value(application, "nearfar_cache_invalidations_sent_total{cache=\"cities\"}"))
                    .isEqualTo(2);
            String bytes = "nearfar_cache_value_bytes_total{cache=\"cities\",direction=\"";
            double plain = value(application, bytes + "out\",form=\"plain\"}");
            double stored = value(application, bytes + "out\",form=\"stored\"}");
            assertThat(plain).isGreaterThan(20_000);
            assertThat(stored).isBetween(1.0, 2_000.0);
            assertThat(value(application, bytes + "in\",form=\"plain\"}")).isEqualTo(plain);
            assertThat(value(application, bytes + "in\",form=\"stored\"}")).isEqualTo(stored);
            assertThat(value(application, "nearfar_cache_compression_ratio{cache=\"cities\"}"))
                    .isEqualTo(plain / stored);
        }
    }

    @Test
    void messages_areCountedWhereTheyCome_withTheirLag() {
        try (Application one = Application.in(Mode.TIERED);
                Application other = one.another()) {
            NearfarCache<String, String> here = one.cache();
            other.cache();
            double before = value(other, "nearfar_messages_received_total");
            here.put("k", "v");
            soon().untilAsserted(() ->
                    assertThat(value(other, "nearfar_messages_received_total")).isGreaterThan(before));
            Distribution lag = distribution(other, "nearfar_message_lag_seconds");
            assertThat((double) lag.count()).isEqualTo(value(other, "nearfar_messages_received_total"));
            assertThat(value(other, "nearfar_messages_unreadable_total")).isZero();
        }
    }

    @Test
    void nearHits_areSampled_withTheAgeOfWhatTheyRestOn() {
        try (Application application = Application.in(Mode.TIERED, "nearfar.near.ttl", "1h")) {
            NearfarCache<String, String> cache = application.cache();
            cache.put("k", "v");
            soon().until(() -> {
                for (int i = 0; i < 10_000; i++) {
                    cache.get("k");
                }
                return distribution(application, "nearfar_cache_verified_age_seconds{cache=\"cities\"}")
                                .count()
                        > 10;
            });
            Distribution ages = distribution(application, "nearfar_cache_verified_age_seconds{cache=\"cities\"}");
            assertThat(ages.counts().get(ages.bounds().size()))
                    .as("older than the near lease of a second")
                    .isZero();
            long times = distribution(application, "nearfar_cache_near_hit_duration_seconds{cache=\"cities\"}")
                    .count();
            double hits = value(application, "nearfar_cache_hits_total{cache=\"cities\",tier=\"near\"}");
            assertThat(times % HitCounter.ONE_IN).isZero();
            assertThat((double) times).isBetween(hits / 3, hits * 3);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"NEAR", "TIERED"})
    void nearHits_areSampled_alsoWhileSomebodyListens(Mode mode) {
        try (Application application = Application.in(mode, "nearfar.near.ttl", "1h")) {
            NearfarCache<String, String> cache = application.cache();
            cache.addObserver(new CacheObserver() {});
            cache.put("k", "v");
            soon().until(() -> {
                for (int i = 0; i < 1_000; i++) {
                    cache.get("k");
                }
                return distribution(application, "nearfar_cache_near_hit_duration_seconds{cache=\"cities\"}")
                                .count()
                        > 0;
            });
        }
    }

    @Test
    void loadsWithoutRoom_areCounted() throws Exception {
        try (Application application = Application.in(Mode.NEAR, "nearfar.cache.cities.load.limit", "1")) {
            NearfarCache<String, String> cache = application.cache();
            cache.getOrLoad("k", context -> "v");
            Assertions.assertThatThrownBy(() -> cache.getOrLoad("other", context -> "v"))
                    .isInstanceOf(RateLimitExceededException.class);
            assertThat(value(application, "nearfar_cache_refused_loads_total{cache=\"cities\"}"))
                    .isEqualTo(1);
        }
    }

    @Test
    void loads_areTimed() throws Exception {
        try (Application application = Application.in(Mode.NEAR)) {
            NearfarCache<String, String> cache = application.cache();
            cache.getOrLoad("k", context -> "v");
            assertThat(distribution(application, "nearfar_cache_load_duration_seconds{cache=\"cities\"}")
                            .count())
                    .isEqualTo(1);
            assertThat(value(application, "nearfar_cache_misses_total{cache=\"cities\"}"))
                    .isPositive();
        }
    }

    @Test
    void expiredEntry_isCountedWhenItIsMet() {
        try (Application application = Application.in(Mode.NEAR, "nearfar.cache.cities.ttl", "1ms")) {
            NearfarCache<String, String> cache = application.cache();
            cache.put("k", "v");
            soon().until(() -> cache.get("k") == null);
            assertThat(value(application, "nearfar_cache_expirations_total{cache=\"cities\"}"))
                    .isEqualTo(1);
        }
    }

    @Test
    void outage_showsByItsErrorsAndTheOpenBreaker() {
        RealRedis redis = RealRedis.start();
        try (Application application =
                Application.in(Mode.TIERED, "nearfar.address", redis.address(), "nearfar.deadline", "2s")) {
            NearfarCache<String, String> cache = application.cache();
            soon().until(() -> value(application, "nearfar_far_breakers_open") == 0);
            double before = total(application, "nearfar_cache_far_errors_total");
            redis.kill();
            soon().until(() -> {
                cache.put("k", "v");
                return value(application, "nearfar_far_breakers_open") == 1;
            });
            cache.put("k", "w");
            assertThat(total(application, "nearfar_cache_far_errors_total")).isGreaterThan(before);
            soon().untilAsserted(() -> {
                cache.get("other");
                assertThat(value(application, "nearfar_cache_far_errors_total{cache=\"cities\",kind=\"not_asked\"}"))
                        .isPositive();
            });
            assertThat(value(application, "nearfar_far_breaker_openings_total")).isPositive();
            assertThat(value(application, "nearfar_cache_dirty_keys{cache=\"cities\"}"))
                    .isEqualTo(1);
        } finally {
            redis.close();
        }
    }

    @Test
    void servers_areAskedForMemoryClientsAndEvictions() {
        RealRedis redis = RealRedis.start();
        redis.call("SET", "others", "value");
        redis.call("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
        redis.call("CONFIG", "SET", "maxmemory", "1");
        redis.call("CONFIG", "SET", "maxmemory", "64mb");
        try (Application application = Application.in(Mode.TIERED, "nearfar.address", redis.address())) {
            application.cache();
            AtomicInteger news = new AtomicInteger();
            manager(application).addMetersListener(news::incrementAndGet);
            assertThat(manager(application).meters())
                    .as("nobody has asked yet")
                    .noneMatch(meter -> meter.tags().containsKey("server"));
            String tags = "{server=\"" + redis.host() + "\"}";
            soon().untilAsserted(() -> assertThat(value(application, "nearfar_server_memory_maximum_bytes" + tags))
                    .isEqualTo(64 << 20));
            assertThat(value(application, "nearfar_server_memory_used_bytes" + tags))
                    .isBetween(100_000.0, 64.0 * (1 << 20));
            assertThat(value(application, "nearfar_server_clients" + tags)).isPositive();
            assertThat(value(application, "nearfar_server_evictions_total" + tags))
                    .isEqualTo(1);
            assertThat(news).hasValue(1);
        } finally {
            redis.close();
        }
    }

    @Test
    void decisions_areCountedByLimitResultAndBasis() {
        try (Application application = Application.in(Mode.FAR, "nearfar.limit.deadline", "30s")) {
            AtomicInteger news = new AtomicInteger();
            manager(application).addMetersListener(news::incrementAndGet);
            RateLimiter limiter = counting(application);
            Limit limit = new Limit("api", 1, Duration.ofHours(1));
            assertThat(limiter.decide(List.of(limit.of("ann")), 1).admitted()).isTrue();
            assertThat(limiter.decide(List.of(limit.of("ann")), 1).admitted()).isFalse();
            assertThat(limiter.decideAsync(List.of(limit.of("ann")), 1)
                            .toCompletableFuture()
                            .join()
                            .admitted())
                    .isFalse();
            limiter.peek(List.of(limit.of("ann")), 1);
            String decisions = "nearfar_limit_decisions_total{limit=\"api\",result=\"";
            assertThat(value(application, decisions + "admitted\",basis=\"counted\"}"))
                    .isEqualTo(1);
            assertThat(value(application, decisions + "denied\",basis=\"counted\"}"))
                    .isEqualTo(1);
            assertThat(value(application, decisions + "denied\",basis=\"remembered\"}"))
                    .isEqualTo(1);
            assertThat(distribution(application, "nearfar_limit_far_duration_seconds")
                            .count())
                    .isGreaterThanOrEqualTo(3);
            assertThat(news).as("the limiter and two limits").hasValue(3);
        }
    }

    @Test
    void bypasses_areCountedByLimitAndReason() {
        try (Application application = Application.in(Mode.NEAR)) {
            RateLimiter limiter = application.manager().unwrap(RateLimiter.class);
            Limit limit = new Limit("api", 1, Duration.ofHours(1));
            limiter.bypassed(limit, Bypass.EXEMPT);
            limiter.bypassed(limit, Bypass.EXEMPT);
            limiter.bypassed(limit, Bypass.SHADOW);
            assertThat(value(application, "nearfar_limit_bypasses_total{limit=\"api\",reason=\"exempt\"}"))
                    .isEqualTo(2);
            assertThat(value(application, "nearfar_limit_bypasses_total{limit=\"api\",reason=\"shadow\"}"))
                    .isEqualTo(1);
            assertThat(limiter.peek(List.of(limit.of("ann")), 1).admitted())
                    .as("nothing was charged")
                    .isTrue();
        }
        try (Application off = Application.in(Mode.NEAR, "nearfar.limit.enabled", "false")) {
            RateLimiter limiter = off.manager().unwrap(RateLimiter.class);
            limiter.bypassed(new Limit("api", 1, Duration.ofHours(1)), Bypass.EXEMPT);
            assertThat(manager(off).meters()).isEmpty();
        }
    }

    @Test
    void listener_isToldOfCachesThatComeAndGo() {
        try (Application application = Application.in(Mode.NEAR)) {
            AtomicInteger news = new AtomicInteger();
            Runnable listener = news::incrementAndGet;
            manager(application).addMetersListener(() -> {
                throw new IllegalStateException("no matter");
            });
            manager(application).addMetersListener(listener);
            application.cache();
            assertThat(news).hasValue(1);
            application.manager().destroyCache("cities");
            assertThat(news).hasValue(2);
            assertThat(manager(application).meters()).isEmpty();
            manager(application).removeMetersListener(listener);
            application.cache();
            assertThat(news).hasValue(2);
        }
    }

    @Test
    void mxBean_showsEachMeterOfTheCache_whileStatisticsAreOn() throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        try (Application application = Application.in(Mode.TIERED)) {
            NearfarCache<String, String> cache =
                    application.cache(new MutableConfiguration<String, String>().setStatisticsEnabled(true));
            cache.put("k", "v");
            ObjectName name = beans.queryNames(new ObjectName("io.nearfar:type=CacheMetrics,Cache=cities,*"), null)
                    .iterator()
                    .next();
            assertThat(beans.getAttribute(name, "nearfar_cache_puts_total")).isEqualTo(1.0);
            assertThat(beans.getAttribute(name, "nearfar_cache_hits_total.near"))
                    .isEqualTo(0.0);
            String time = "nearfar_cache_far_operation_duration_seconds";
            assertThat(beans.getAttribute(name, time + "_count.write")).isEqualTo(1.0);
            assertThat((Double) beans.getAttribute(name, time + "_bucket.write.1.0"))
                    .isBetween(0.0, 1.0);
            long meters = manager(application).meters().stream()
                    .filter(meter -> meter.tags().containsKey("cache"))
                    .filter(meter -> meter.distribution() == null)
                    .count();
            assertThat(beans.getMBeanInfo(name).getAttributes())
                    .filteredOn(attribute -> !attribute.getName().contains("_seconds"))
                    .hasSize((int) meters)
                    .allSatisfy(attribute -> assertThat(attribute.isWritable()).isFalse());
            assertThat(beans.getAttributes(name, new String[] {"nearfar_cache_puts_total", "no such"}))
                    .hasSize(1);
            Assertions.assertThatThrownBy(() -> beans.getAttribute(name, "no such"))
                    .isInstanceOf(AttributeNotFoundException.class)
                    .hasMessageContaining("no metric no such");
            application.manager().enableStatistics("cities", false);
            assertThat(beans.isRegistered(name)).isFalse();
        }
    }

    private static Set<ObjectName> sharedBeans() throws Exception {
        return ManagementFactory.getPlatformMBeanServer()
                .queryNames(new ObjectName("io.nearfar:type=ManagerMetrics,*"), null);
    }

    @Test
    void mxBean_ofTheManager_showsWhatItsCachesShare_whileStatisticsOfOneAreOn() throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        Set<ObjectName> others = sharedBeans();
        try (Application application = Application.in(Mode.TIERED, "nearfar.limit.deadline", "30s")) {
            application.cache("people", new MutableConfiguration<>());
            assertThat(sharedBeans()).isEqualTo(others);
            application.cache(new MutableConfiguration<>().setStatisticsEnabled(true));
            Set<ObjectName> ours = sharedBeans();
            ours.removeAll(others);
            assertThat(ours).hasSize(1);
            ObjectName name = ours.iterator().next();
            assertThat(beans.getAttribute(name, "nearfar_far_breakers_open")).isEqualTo(0.0);
            Limit limit = new Limit("api", 1, Duration.ofHours(1));
            counting(application).decide(List.of(limit.of("ann")), 1);
            assertThat(beans.getAttribute(name, "nearfar_limit_decisions_total.api.admitted.counted"))
                    .isEqualTo(1.0);
            assertThat(beans.getMBeanInfo(name).getAttributes())
                    .noneMatch(attribute -> attribute.getName().startsWith("nearfar_cache"));
            counting(application).bypassed(limit, Bypass.SHADOW);
            assertThat(beans.getAttribute(name, "nearfar_limit_bypasses_total.api.shadow"))
                    .isEqualTo(1.0);
            application.manager().enableStatistics("cities", false);
            assertThat(beans.isRegistered(name)).isFalse();
            application.manager().enableStatistics("people", true);
            assertThat(beans.isRegistered(name)).isTrue();
        }
        assertThat(sharedBeans()).isEqualTo(others);
    }
}
