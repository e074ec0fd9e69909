package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.NearfarCache;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A cache and its views in other versions, on one node: nothing that is stored meets. */
@Timeout(120)
class VersionsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @ParameterizedTest
    @EnumSource
    void entries_ofOneVersion_areNotThoseOfAnother(Mode mode) {
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache = application.cache();
            NearfarCache<String, String> view = cache.version(2);
            cache.put("k", "0");
            assertThat(view.get("k")).isNull();
            assertThat(view.putIfAbsent("k", "2")).isTrue();
            assertThat(view.replace("k", "0", "x")).isFalse();
            assertThat(view.getAndPut("l", "2")).isNull();
            assertThat(cache.get("k")).isEqualTo("0");
            assertThat(cache.getAll(Set.of("k", "l"))).isEqualTo(Map.of("k", "0"));
            assertThat(keysOf(cache)).containsExactly("k");
            assertThat(keysOf(view)).containsExactlyInAnyOrder("k", "l");
            assertThat(cache.remove("k")).isTrue();
            assertThat(view.get("k")).isEqualTo("2");
            assertThat(view.<String>invoke("k", (entry, arguments) -> entry.getValue()))
                    .isEqualTo("2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void clearOfOneVersion_leavesAnother(Mode mode) {
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache = application.cache();
            NearfarCache<String, String> view = cache.version(2);
            cache.put("k", "0");
            view.put("k", "2");
            view.clear();
            assertThat(view.get("k")).isNull();
            assertThat(cache.get("k")).isEqualTo("0");
            view.put("k", "2");
            cache.removeAll();
            assertThat(cache.get("k")).isNull();
            assertThat(view.get("k")).isEqualTo("2");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void destroyCache_leavesOtherVersions(Mode mode) {
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache = application.cache();
            cache.put("k", "0");
            cache.version(2).put("k", "2");
            application.manager().destroyCache("cities");
            NearfarCache<String, String> again = application.cache();
            assertThat(again.get("k")).isNull();
            assertThat(again.version(2).get("k")).isEqualTo("2");
        }
    }

    @Test
    void version_ofTheSetting_isTheCacheItself() {
        try (Application application = Application.in(Mode.NEAR, "nearfar.cache.c*.version", "7")) {
            NearfarCache<String, String> cache = application.cache();
            assertThat(cache.version()).isEqualTo(7);
            assertThat(cache.version(7)).isSameAs(cache);
            assertThat(cache.version(0).version()).isZero();
            assertThat(cache.version(0).version(7)).isSameAs(cache);
            assertThat(cache.version(0)).isNotSameAs(cache);
        }
    }

    @Test
    void version_askedForTwice_isTheSameViewUntilItIsClosed() {
        try (Application application = Application.in(Mode.TIERED)) {
            NearfarCache<String, String> cache = application.cache();
            NearfarCache<String, String> view = cache.version(2);
            assertThat(cache.version(2)).isSameAs(view);
            assertThat(cache.version(3).version(2)).isSameAs(view);
            assertThat(view.getName()).isEqualTo("cities");
            assertThat(view.getCacheManager()).isSameAs(cache.getCacheManager());
            view.put("k", "2");
            view.close();
            assertThat(view.isClosed()).isTrue();
            assertThat(cache.isClosed()).isFalse();
            assertThat(cache.version(2)).isNotSameAs(view);
            assertThat(cache.version(2).get("k")).isEqualTo("2");
            assertThatThrownBy(() -> view.get("k")).isInstanceOf(IllegalStateException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void close_ofTheCache_closesItsViews(Mode mode) {
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache = application.cache();
            NearfarCache<String, String> view = cache.version(2);
            cache.close();
            assertThat(view.isClosed()).isTrue();
            assertThatThrownBy(() -> view.version(3)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> cache.version(3)).isInstanceOf(IllegalStateException.class);
            NearfarCache<String, String> again = application.cache();
            NearfarCache<String, String> anew = again.version(2);
            application.manager().close();
            assertThat(anew.isClosed()).isTrue();
        }
    }

    @Test
    void version_beyondTheMost_isRefusedUntilOneIsClosed() {
        try (Application application = Application.in(Mode.NEAR)) {
            NearfarCache<String, String> cache = application.cache();
            for (int version = 1; version <= Views.MOST; version++) {
                cache.version(version).put("k", "v");
            }
            assertThatThrownBy(() -> cache.version(99))
                    .isExactlyInstanceOf(CacheException.class)
                    .hasMessage(
                            "Cache cities cannot be opened in version 99 too: 16 views of it are open, in versions 1, 2,"
                                    + " 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16; close one that is done with");
            cache.version(5).close();
            assertThat(cache.version(99).get("k")).isNull();
        }
    }

    @Test
    void version_belowZero_isRefused() {
        try (Application application = Application.in(Mode.NEAR)) {
            NearfarCache<String, String> cache = application.cache();
            assertThatThrownBy(() -> cache.version(-1))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Cache cities has no version -1; versions are 0 and above");
        }
    }

    @Test
    void figures_areOfEachVersionAlone() {
        try (Application application = Application.in(Mode.TIERED)) {
            NearfarCache<String, String> cache =
                    application.cache(new MutableConfiguration<String, String>().setStatisticsEnabled(true));
            NearfarCache<String, String> view = cache.version(2);
            view.put("k", "2");
            view.get("k");
            view.get("none");
            assertThat(view.figures().puts()).isEqualTo(1);
            assertThat(view.figures().misses()).isEqualTo(1);
            assertThat(cache.figures().puts()).isZero();
            assertThat(cache.figures().misses()).isZero();
            assertThat(cache.figures().nearSize()).isZero();
            assertThat(view.getConfiguration(MutableConfiguration.class).isStatisticsEnabled())
                    .isFalse();
        }
    }

    /** A loader that can be closed, and counts both. */
    private static final class Source implements CacheLoader<String, String>, AutoCloseable {
        private final AtomicInteger loads = new AtomicInteger();
        private final AtomicInteger ends = new AtomicInteger();

        @Override
        public String load(String key) {
            return key + loads.incrementAndGet();
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            throw new UnsupportedOperationException("not asked for here");
        }

        @Override
        public void close() {
            ends.incrementAndGet();
        }
    }

    @ParameterizedTest
    @EnumSource
    void loader_isSharedAndClosedWithTheCacheAlone(Mode mode) {
        Source source = new Source();
        AtomicInteger made = new AtomicInteger();
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache = application.cache(new MutableConfiguration<String, String>()
                    .setReadThrough(true)
                    .setCacheLoaderFactory(() -> {
                        made.incrementAndGet();
                        return source;
                    }));
            assertThat(cache.get("k")).isEqualTo("k1");
            assertThat(cache.version(2).get("k")).isEqualTo("k2");
            assertThat(cache.version(2).get("k")).isEqualTo("k2");
            assertThat(cache.get("k")).isEqualTo("k1");
            cache.version(2).close();
            assertThat(source.ends).hasValue(0);
            assertThat(cache.version(2).get("l")).isEqualTo("l3");
        }
        assertThat(made).hasValue(1);
        assertThat(source.ends).hasValue(1);
    }

    /** A lease on a key of one version is none on that of another: a load may ask for what it is to become. */
    @ParameterizedTest
    @EnumSource
    void load_inOneVersion_doesNotWaitForThatInAnother(Mode mode) throws Exception {
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache = application.cache();
            NearfarCache<String, String> before = cache.version(1);
            before.put("old", "1");
            assertThat(cache.getOrLoad("k", () -> "from " + before.getOrLoad("k", () -> "1")))
                    .isEqualTo("from 1");
            assertThat(before.get("k")).isEqualTo("1");
        }
    }

    /** Remembers the source of each event. */
    private static final class Ear implements CacheEntryCreatedListener<String, String> {
        private final List<Cache<?, ?>> heard = new ArrayList<>();

        @Override
        public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
            events.forEach(event -> heard.add(event.getSource()));
        }
    }

    @Test
    void listeners_hearOfTheVersionThatTheyAreRegisteredWith() {
        Ear configured = new Ear();
        Ear ofView = new Ear();
        try (Application application = Application.in(Mode.TIERED)) {
            NearfarCache<String, String> cache = application.cache(new MutableConfiguration<String, String>()
                    .addCacheEntryListenerConfiguration(
                            new MutableCacheEntryListenerConfiguration<>(() -> configured, null, true, true)));
            NearfarCache<String, String> view = cache.version(2);
            view.registerCacheEntryListener(
                    new MutableCacheEntryListenerConfiguration<>(() -> ofView, null, true, true));
            view.put("k", "2");
            assertThat(configured.heard).isEmpty();
            assertThat(ofView.heard).hasSize(1).allMatch(source -> source == view);
            cache.put("k", "0");
            assertThat(configured.heard).hasSize(1).allMatch(source -> source == cache);
            assertThat(ofView.heard).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void views_takeNoThread(Mode mode) {
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache = application.cache();
            cache.version(1).put("k", "v");
            int before = threads();
            for (int version = 2; version <= Views.MOST; version++) {
                cache.version(version).put("k", "v");
                cache.version(version).get("k");
            }
            await().atMost(SOON).untilAsserted(() -> assertThat(threads()).isLessThan(before + Views.MOST - 2));
        }
    }

    private static int threads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("nearfar"))
                .count();
    }

    private static List<String> keysOf(Cache<String, String> cache) {
        List<String> keys = new ArrayList<>();
        cache.forEach(entry -> keys.add(entry.getKey()));
        return keys;
    }
}
