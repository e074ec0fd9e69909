package io.nearfar.jcache.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.NearfarCache;
import io.nearfar.config.Mode;
import io.nearfar.observe.CacheSignals;
import io.nearfar.observe.HitCounter;
import io.nearfar.testing.Application;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.Iterator;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ManagementTest {
    private final CacheSignals signals = new CacheSignals("cities");
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private static Set<ObjectName> beans(String type, String cache) throws Exception {
        return SERVER.queryNames(new ObjectName("javax.cache:type=" + type + ",Cache=" + cache + ",*"), null);
    }

    @Test
    void beans_comeAndGoWithTheirSwitches() throws Exception {
        try (Application application = Application.in(Mode.NEAR)) {
            CacheManager manager = application.manager();
            application.cache(new MutableConfiguration<>().setStatisticsEnabled(true));
            assertThat(beans("CacheStatistics", "cities")).hasSize(1);
            assertThat(beans("CacheConfiguration", "cities")).isEmpty();
            manager.enableManagement("cities", true);
            manager.enableStatistics("cities", false);
            assertThat(beans("CacheStatistics", "cities")).isEmpty();
            ObjectName shown = beans("CacheConfiguration", "cities").iterator().next();
            assertThat(SERVER.getAttribute(shown, "ManagementEnabled")).isEqualTo(true);
            assertThat(SERVER.getAttribute(shown, "StatisticsEnabled")).isEqualTo(false);
            assertThat(SERVER.getAttribute(shown, "KeyType")).isEqualTo("java.lang.Object");
            manager.destroyCache("cities");
            assertThat(beans("CacheConfiguration", "cities")).isEmpty();
        }
    }

    @Test
    void names_withEveryForbiddenCharacter_areStillNames() throws Exception {
        try (Application application = Application.in(Mode.NEAR)) {
            CacheManager manager =
                    application.provider().getCacheManager(URI.create("nearfar:a,b=c*d"), null, new Properties());
            String name = "odd:=,\n*?\"name";
            Cache<String, String> cache =
                    manager.createCache(name, new MutableConfiguration<String, String>().setStatisticsEnabled(true));
            assertThat(beans("CacheStatistics", "odd.......name")).hasSize(1);
            assertThat(Bean.safe("odd:=,\n*?\"name")).isEqualTo("odd.......name");
            cache.close();
            assertThat(beans("CacheStatistics", "odd.......name")).isEmpty();
        }
    }

    @Test
    void equalNames_ofTwoManagers_areBothShown() throws Exception {
        try (Application one = Application.in(Mode.NEAR);
                Application other = one.another()) {
            one.cache(new MutableConfiguration<>().setStatisticsEnabled(true));
            NearfarCache<Object, Object> second = other.cache(new MutableConfiguration<>().setStatisticsEnabled(true));
            assertThat(beans("CacheStatistics", "cities")).hasSize(2);
            second.close();
            assertThat(beans("CacheStatistics", "cities")).hasSize(1);
        }
    }

    /** What was read was read, whatever becomes of the rest. */
    @Test
    void readOfMany_ofWhichALoadFails_isCounted() throws Exception {
        CacheLoader<String, String> failing = new CacheLoader<>() {
            @Override
            public String load(String key) {
                throw new IllegalStateException("no database");
            }

            @Override
            public Map<String, String> loadAll(Iterable<? extends String> keys) {
                throw new UnsupportedOperationException("not asked for here");
            }
        };
        try (Application application = Application.in(Mode.NEAR)) {
            NearfarCache<String, String> cache = application.cache(new MutableConfiguration<String, String>()
                    .setStatisticsEnabled(true)
                    .setReadThrough(true)
                    .setCacheLoaderFactory(() -> failing));
            cache.put("there", "v");
            assertThatThrownBy(() -> cache.getAll(Set.of("there", "missing"))).isInstanceOf(CacheLoaderException.class);
            ObjectName bean = beans("CacheStatistics", "cities").iterator().next();
            assertThat(SERVER.getAttribute(bean, "CacheHits")).isEqualTo(1L);
            assertThat(SERVER.getAttribute(bean, "CacheMisses")).isEqualTo(1L);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void figuresAndStatistics_agreeOnWhatHappened(Mode mode) throws Exception {
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache =
                    application.cache(new MutableConfiguration<String, String>().setStatisticsEnabled(true));
            cache.putAll(Map.of("a", "1", "b", "1", "c", "1"));
            cache.getAll(Set.of("a", "b", "none"));
            cache.get("a");
            cache.get("none");
            Iterator<Cache.Entry<String, String>> iterator = cache.iterator();
            iterator.next();
            iterator.remove();
            cache.removeAll();
            ObjectName bean = beans("CacheStatistics", "cities").iterator().next();
            assertThat(SERVER.getAttribute(bean, "CachePuts")).isEqualTo(3L);
            assertThat(SERVER.getAttribute(bean, "CacheHits")).isEqualTo(4L);
            assertThat(SERVER.getAttribute(bean, "CacheMisses")).isEqualTo(2L);
            assertThat(SERVER.getAttribute(bean, "CacheRemovals")).isEqualTo(3L);
            assertThat((Float) SERVER.getAttribute(bean, "AverageGetTime")).isPositive();
            assertThat(cache.figures().puts()).isEqualTo(3);
            assertThat(cache.figures().removals()).isEqualTo(3);
            assertThat(cache.figures().nearHits() + cache.figures().farHits()).isEqualTo(3);
            assertThat(cache.figures().misses()).isEqualTo(2);
        }
    }

    @Test
    void evictions_countFromTheLastClear() {
        AtomicLong soFar = new AtomicLong(5);
        CacheStatistics statistics = new CacheStatistics(signals, soFar::get);
        soFar.set(7);
        assertThat(statistics.getCacheEvictions()).isEqualTo(2);
        statistics.clear();
        soFar.set(10);
        assertThat(statistics.getCacheEvictions()).isEqualTo(3);
    }

    @Test
    void statistics_thatAreOff_countNothing() {
        CacheStatistics statistics = new CacheStatistics(signals, () -> 0);
        statistics.hit(statistics.startGet());
        statistics.puts(1, statistics.start());
        statistics.removals(1, statistics.start());
        assertThat(statistics.getCacheGets() + statistics.getCachePuts() + statistics.getCacheRemovals())
                .isZero();
    }

    @Test
    void nearLookups_areHitsWhileStatisticsAreOn() {
        CacheStatistics statistics = new CacheStatistics(signals, () -> 0);
        lookNear(1);
        statistics.enable(true);
        lookNear(2);
        assertThat(statistics.getCacheHits()).isEqualTo(2);
        statistics.enable(false);
        lookNear(4);
        assertThat(statistics.getCacheHits()).isEqualTo(2);
        statistics.enable(true);
        statistics.enable(true);
        lookNear(8);
        statistics.hit(0);
        assertThat(statistics.getCacheHits()).isEqualTo(11);
        statistics.clear();
        assertThat(statistics.getCacheHits()).isZero();
        lookNear(16);
        assertThat(statistics.getCacheHits()).isEqualTo(16);
    }

    private void lookNear(int times) {
        for (int i = 0; i < times; i++) {
            signals.nearLookups().increment();
        }
    }

    @Test
    void nearLookups_atFirstAndThoseThatAreChosen_areInTheAverage() {
        CacheStatistics statistics = new CacheStatistics(signals, () -> 0);
        statistics.enable(true);
        for (int i = 0; i < 64; i++) {
            assertThat(signals.nearLookups().isDue()).isTrue();
            assertThat(statistics.wantsEach()).isTrue();
            signals.timedNearLookup(1_000, 0);
        }
        assertThat(statistics.wantsEach()).isFalse();
        signals.timedNearLookup(1_000_000, 0);
        assertThat(statistics.getAverageGetTime()).isEqualTo(1);
        signals.timedNearLookup(66_000, HitCounter.ONE_IN);
        assertThat(statistics.getAverageGetTime()).isEqualTo(2);
        statistics.clear();
        assertThat(statistics.wantsEach()).isTrue();
    }

    @Test
    void averages_areMicrosecondsOfWhatWasTimed() {
        CacheStatistics statistics = new CacheStatistics(signals, () -> 0);
        statistics.enable(true);
        statistics.puts(2, System.nanoTime() - TimeUnit.SECONDS.toNanos(80));
        assertThat(statistics.getAveragePutTime()).isBetween(40_000_000f, 80_000_000f);
        statistics.hit(0);
        assertThat(statistics.getAverageGetTime()).isZero();
        statistics.hit(System.nanoTime() - 8_000_000);
        assertThat(statistics.getAverageGetTime()).isGreaterThanOrEqualTo(8_000f);
        assertThat(statistics.getCacheHits()).isEqualTo(2);
    }
}
