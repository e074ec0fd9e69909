package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.nearfar.CacheFigures;
import io.nearfar.Decision.Basis;
import io.nearfar.Distribution;
import io.nearfar.FarTierUnavailableException;
import io.nearfar.InvalidationDeclaration;
import io.nearfar.InvalidationPace;
import io.nearfar.Limit;
import io.nearfar.Meter;
import io.nearfar.NearfarCache;
import io.nearfar.NearfarManager;
import io.nearfar.PatternInvalidation;
import io.nearfar.Quota;
import io.nearfar.RateLimiter;
import io.nearfar.config.Mode;
import io.nearfar.fault.proxy.FaultProxy;
import io.nearfar.fault.proxy.Lines;
import io.nearfar.fault.proxy.Push;
import io.nearfar.testing.Application;
import io.nearfar.testing.RealRedis;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the meters show is what has happened: to a cache, on the way of messages, and to the limiter's server; JMX shows the same. */
@Timeout(120)
class MeterTableTest {
    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20));
    }

    private static List<Meter> meters(Application application) {
        return application.manager().unwrap(NearfarManager.class).meters();
    }

    private static Meter meter(Application application, String text) {
        return meters(application).stream()
                .filter(meter -> meter.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no meter " + text));
    }

    private static double value(Application application, String text) {
        return meter(application, text).value();
    }

    @Test
    void metersOfACache_showWhatItsFiguresTell_afterKnownOperations() throws Exception {
        try (Application application = Application.in(Mode.NEAR)) {
            NearfarCache<String, String> cache = application.cache();
            for (int i = 0; i < 7; i++) {
                cache.put("k" + i, "v");
            }
            for (int i = 0; i < 5; i++) {
                assertThat(cache.get("k" + i)).isEqualTo("v");
            }
            for (int i = 0; i < 3; i++) {
                assertThat(cache.get("absent" + i)).isNull();
            }
            assertThat(cache.remove("k0")).isTrue();
            assertThat(cache.remove("k1")).isTrue();
            CacheFigures figures = cache.figures();
            assertThat(figures)
                    .extracting(
                            CacheFigures::puts,
                            CacheFigures::nearHits,
                            CacheFigures::misses,
                            CacheFigures::removals,
                            CacheFigures::nearSize)
                    .containsExactly(7L, 5L, 3L, 2L, 5L);
            cache.getOrLoad("loaded", context -> "v");
            assertThat(shown(application)).containsAllEntriesOf(told(cache.figures()));
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void invalidationsOfMany_areCountedByWhatTheyName(Mode mode) {
        try (Application application = Application.in(mode, "nearfar.cache.cities.namespaces", "ch:")) {
            NearfarCache<String, String> cache =
                    application.cache(new MutableConfiguration<String, String>().setTypes(String.class, String.class));
            cache.invalidateTag("a");
            cache.expireTags(List.of("a", "b"));
            cache.invalidatePrefix("ch:");
            cache.invalidateTags(List.of());
            cache.invalidatePattern("x*");
            cache.expirePrefix("de:");
            cache.startInvalidatingPattern("y*", InvalidationPace.DEFAULT);
            cache.startInvalidatingPrefix("fr:", InvalidationPace.DEFAULT);
            cache.clear();
            cache.removeAll();
            NearfarManager manager = application.manager().unwrap(NearfarManager.class);
            manager.declare(InvalidationDeclaration.of("some")
                    .withCaches("cities")
                    .withTags("a", "b")
                    .withPatterns("z*"));
            manager.declare(
                    InvalidationDeclaration.of("all").withCaches("cities").withClear());
            manager.invalidate("some", Map.of());
            manager.invalidate("all", Map.of());
            String bulks = "nearfar_cache_bulk_invalidations_total{cache=\"cities\",target=\"";
            assertThat(value(application, bulks + "tags\"}")).isEqualTo(4);
            soon().until(() -> value(application, bulks + "pattern\"}") == 5); // two of them in the background
            assertThat(value(application, bulks + "clear\"}")).isEqualTo(3);
        }
    }

    /** What throws counts nothing, whatever it names. */
    @Test
    void invalidationsOfMany_thatFail_areNotCounted() {
        try (RealRedis redis = RealRedis.start();
                Application application = Application.in(
                        Mode.TIERED,
                        "nearfar.address",
                        redis.address(),
                        "nearfar.cache.cities.namespaces",
                        "ch:",
                        "nearfar.outage",
                        "closed")) {
            NearfarCache<String, String> cache = application.cache();
            NearfarManager manager = application.manager().unwrap(NearfarManager.class);
            manager.declare(
                    InvalidationDeclaration.of("some").withCaches("cities").withPatterns("z*"));
            redis.kill();
            List<Runnable> ways = List.of(
                    () -> cache.invalidateTag("a"),
                    () -> cache.invalidatePattern("x*"),
                    () -> cache.expirePattern("x*"),
                    () -> cache.invalidatePrefix("de:"),
                    () -> cache.invalidatePrefix("ch:"),
                    () -> joined(cache.startInvalidatingPattern("y*", InvalidationPace.DEFAULT)),
                    () -> joined(cache.startInvalidatingPrefix("fr:", InvalidationPace.DEFAULT)),
                    () -> joined(cache.startExpiringPrefix("ch:", InvalidationPace.DEFAULT)),
                    () -> manager.invalidate("some", Map.of()),
                    cache::clear);
            for (Runnable way : ways) {
                assertThat(catchThrowable(way::run))
                        .satisfiesAnyOf(
                                thrown -> assertThat(thrown).isInstanceOf(FarTierUnavailableException.class),
                                thrown -> assertThat(thrown).hasCauseInstanceOf(FarTierUnavailableException.class));
            }
            String bulks = "nearfar_cache_bulk_invalidations_total{cache=\"cities\",target=\"";
            for (String target : List.of("tags", "pattern", "clear")) {
                assertThat(value(application, bulks + target + "\"}"))
                        .as(target)
                        .isZero();
            }
        }
    }

    private static void joined(PatternInvalidation begun) {
        begun.done().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    @ParameterizedTest
    @EnumSource(names = {"NEAR", "TIERED"})
    void bytesOfTheNearTier_areShown_whereItIsBoundedByThem(Mode mode) {
        try (Application application = Application.in(mode, "nearfar.cache.cities.near.maximum-weight", "1MB")) {
            NearfarCache<String, String> cache = application.cache();
            application.cache("people", new MutableConfiguration<>());
            cache.put("k", "v".repeat(1_000));
            soon().until(() -> {
                cache.get("k");
                return value(application, "nearfar_cache_near_bytes{cache=\"cities\"}") >= 1_000;
            });
            assertThat(value(application, "nearfar_cache_near_bytes{cache=\"cities\"}"))
                    .isLessThan(10_000);
            assertThat(shown(application)).doesNotContainKey("nearfar_cache_near_bytes{cache=\"people\"}");
        }
    }

    private static Map<String, Double> shown(Application application) {
        return meters(application).stream().collect(Collectors.toMap(Meter::toString, Meter::value));
    }

    private static Map<String, Double> told(CacheFigures figures) {
        Map<String, Double> told = new HashMap<>();
        told.put("hits_total{cache=\"cities\",tier=\"near\"}", (double) figures.nearHits());
        told.put("hits_total{cache=\"cities\",tier=\"far\"}", (double) figures.farHits());
        told.put("misses_total{cache=\"cities\"}", (double) figures.misses());
        told.put("puts_total{cache=\"cities\"}", (double) figures.puts());
        told.put("removals_total{cache=\"cities\"}", (double) figures.removals());
        told.put("evictions_total{cache=\"cities\"}", (double) figures.evictions());
        told.put("invalidations_total{cache=\"cities\"}", (double) figures.invalidations());
        told.put("stale_answers_total{cache=\"cities\"}", (double) figures.staleAnswers());
        told.put("grace_answers_total{cache=\"cities\"}", (double) figures.graceAnswers());
        told.put("refused_loads_total{cache=\"cities\"}", (double) figures.refusedLoads());
        told.put("rejected_total{cache=\"cities\"}", (double) figures.rejected());
        told.put("unavailable_total{cache=\"cities\"}", (double) figures.unavailable());
        told.put("dirty_keys{cache=\"cities\"}", (double) figures.dirtyKeys());
        told.put("near_entries{cache=\"cities\"}", (double) figures.nearSize());
        told.put("load_duration_seconds{cache=\"cities\"}", (double) figures.loads());
        return told.entrySet().stream()
                .collect(Collectors.toMap(each -> "nearfar_cache_" + each.getKey(), Map.Entry::getValue));
    }

    /** The next write of the partition, or a beat, shows it. */
    @Test
    void messageThatIsLost_isCountedAsAGap() {
        RealRedis redis = RealRedis.start();
        try (FaultProxy network = new FaultProxy(redis.port());
                Application one = Application.in(Mode.TIERED, "nearfar.address", redis.address());
                Application other = one.another("nearfar.address", "redis://" + network.host())) {
            NearfarCache<String, String> writer = one.cache();
            other.cache();
            awaitMessage(writer, other);
            double before = value(other, "nearfar_message_gaps_total");
            network.lose(Push::isMessage);
            soon().until(() -> {
                writer.put("k", "lost");
                return network.lost() > 0;
            });
            network.heal();
            soon().untilAsserted(() ->
                    assertThat(value(other, "nearfar_message_gaps_total")).isGreaterThan(before));
        } finally {
            redis.close();
        }
    }

    @Test
    void messageThatIsHeld_isCountedInTheBucketOfItsLag() {
        RealRedis redis = RealRedis.start();
        try (FaultProxy network = new FaultProxy(redis.port());
                Application one = Application.in(Mode.TIERED, "nearfar.address", redis.address());
                Application other = one.another("nearfar.address", "redis://" + network.host())) {
            NearfarCache<String, String> writer = one.cache();
            other.cache();
            awaitMessage(writer, other);
            network.holdBack(Lines.SUBSCRIBERS);
            long before = above(other, 0.25);
            writer.put("k", "held");
            long held = System.nanoTime();
            soon().until(() -> System.nanoTime() - held > Duration.ofMillis(600).toNanos());
            assertThat(above(other, 0.25)).as("before it comes").isEqualTo(before);
            network.heal();
            soon().untilAsserted(() -> assertThat(above(other, 0.25)).isGreaterThan(before));
        } finally {
            redis.close();
        }
    }

    private static void awaitMessage(NearfarCache<String, String> writer, Application reader) {
        soon().until(() -> {
            writer.put("k", "v");
            return value(reader, "nearfar_messages_received_total") > 0;
        });
    }

    /** Returns how many messages were later than so many seconds. */
    private static long above(Application application, double seconds) {
        Distribution lag = Objects.requireNonNull(
                meter(application, "nearfar_message_lag_seconds").distribution());
        int first = lag.bounds().indexOf(seconds) + 1;
        assertThat(first).isPositive();
        return lag.counts().subList(first, lag.counts().size()).stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Test
    void serverOfTheLimiter_thatIsFrozen_isCountedAsTimeouts() {
        RealRedis redis = RealRedis.start();
        try (Application application =
                Application.in(Mode.FAR, "nearfar.address", redis.address(), "nearfar.limit.deadline", "300ms")) {
            RateLimiter limiter = application.manager().unwrap(RateLimiter.class);
            Quota quota = new Limit("api", 1_000_000, Duration.ofHours(1)).forAll();
            soon().ignoreExceptionsInstanceOf(CacheException.class)
                    .until(() -> limiter.decide(quota).basis(), Basis.COUNTED::equals);
            double before = value(application, "nearfar_limit_far_errors_total{kind=\"timeout\"}");
            redis.freeze();
            soon().until(() -> {
                limiter.decide(quota);
                return value(application, "nearfar_limit_far_errors_total{kind=\"timeout\"}") > before;
            });
            soon().until(() -> {
                limiter.decide(quota);
                return value(application, "nearfar_limit_far_errors_total{kind=\"not_asked\"}") > 0;
            });
        } finally {
            redis.thaw();
            redis.close();
        }
    }

    @Test
    void attributesOfJmx_areTheMeters_byNameAndValue() throws Exception {
        Set<ObjectName> before = BEANS.queryNames(new ObjectName("io.nearfar:*"), null);
        try (Application application = Application.in(Mode.TIERED, "nearfar.limit.deadline", "30s")) {
            NearfarCache<String, String> cache =
                    application.cache(new MutableConfiguration<String, String>().setStatisticsEnabled(true));
            cache.put("k", "v");
            cache.get("k");
            cache.get("absent");
            cache.remove("k");
            Quota quota = new Limit("api", 1, Duration.ofHours(1)).of("ann");
            application.manager().unwrap(RateLimiter.class).decide(quota);
            Set<ObjectName> ours = new HashSet<>(BEANS.queryNames(new ObjectName("io.nearfar:*"), null));
            ours.removeAll(before);
            Predicate<Meter> isOfTheCache = meter -> meter.tags().containsKey("cache");
            assertSame(application, ours, "CacheMetrics", isOfTheCache);
            assertSame(application, ours, "ManagerMetrics", isOfTheCache.negate());
        }
    }

    /** What goes on beside, such as messages, may come between two looks. */
    private static void assertSame(
            Application application, Set<ObjectName> beans, String type, Predicate<Meter> which) {
        ObjectName name = beans.stream()
                .filter(bean -> type.equals(bean.getKeyProperty("type")))
                .findFirst()
                .orElseThrow();
        soon().untilAsserted(() -> {
            Map<String, Object> expected = new HashMap<>();
            meters(application).stream().filter(which).forEach(meter -> attributes(meter, expected));
            Map<String, Object> there = new HashMap<>();
            for (MBeanAttributeInfo attribute : BEANS.getMBeanInfo(name).getAttributes()) {
                there.put(attribute.getName(), BEANS.getAttribute(name, attribute.getName()));
            }
            assertThat(there).isNotEmpty().isEqualTo(expected);
        });
    }

    private static void attributes(Meter meter, Map<String, Object> attributes) {
        String metric = meter.metric().fullName();
        String tags = meter.tags().entrySet().stream()
                .filter(tag -> !tag.getKey().equals("cache"))
                .map(tag -> "." + tag.getValue())
                .collect(Collectors.joining());
        Distribution distribution = meter.distribution();
        if (distribution == null) {
            attributes.put(metric + tags, meter.value());
            return;
        }
        attributes.put(metric + "_count" + tags, (double) distribution.count());
        attributes.put(metric + "_sum" + tags, distribution.sum());
        double below = 0;
        for (int i = 0; i < distribution.bounds().size(); i++) {
            below += distribution.counts().get(i);
            attributes.put(
                    metric + "_bucket" + tags + "." + distribution.bounds().get(i), below);
        }
    }
}
