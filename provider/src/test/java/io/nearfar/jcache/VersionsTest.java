package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.EntryOptions;
import io.nearfar.InvalidationPace;
import io.nearfar.NearfarCache;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CompletionListenerFuture;
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
    @EnumSource
    void patternsOfOneVersion_leaveAnother(Mode mode) throws Exception {
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache = application.cache();
            List<NearfarCache<String, String>> all = List.of(cache, cache.version(1), cache.version(10));
            for (NearfarCache<String, String> each : all) {
                all.forEach(one -> one.put("k", "v"));
                assertThat(each.invalidatePattern("*")).isEqualTo(1);
                assertThat(each.get("k")).isNull();
                assertThat(all).filteredOn(one -> one.get("k") != null).hasSize(2);
                each.put("k", "v");
                assertThat(each.startInvalidatingPrefix("k", InvalidationPace.DEFAULT)
                                .done()
                                .toCompletableFuture()
                                .get(60, TimeUnit.SECONDS))
                        .isEqualTo(1);
                assertThat(all).filteredOn(one -> one.get("k") != null).hasSize(2);
            }
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

    private static EntryOptions tagged(String tag) {
        return EntryOptions.NONE.withTags(tag);
    }

    @ParameterizedTest
    @EnumSource
    void tags_ofOneVersion_endNothingInAnother(Mode mode) {
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache = application.cache();
            NearfarCache<String, String> view = cache.version(2);
            cache.put("k", "0", tagged("red"));
            view.put("k", "2", tagged("red"));
            view.invalidateTag("red");
            assertThat(view.get("k")).isNull();
            assertThat(cache.get("k")).isEqualTo("0");
            view.put("k", "2", tagged("red"));
            cache.invalidateTag("red");
            assertThat(cache.get("k")).isNull();
            assertThat(view.get("k")).isEqualTo("2");
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
            Map<String, String> loaded = new HashMap<>();
            keys.forEach(key -> loaded.put(key, load(key)));
            return loaded;
        }

        @Override
        public void close() {
            ends.incrementAndGet();
        }
    }

    /** What a release has left shows what it has left, and nothing that this one loads, unless it is asked to. */
    @ParameterizedTest
    @EnumSource
    void loader_isAskedByAViewForAllKeysOnly_andClosedWithTheCache(Mode mode) throws Exception {
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
            NearfarCache<String, String> view = cache.version(2);
            assertThat(view.get("k")).isNull();
            assertThat(view.getAll(Set.of("k"))).isEmpty();
            assertThat(view.<String>invoke("k", (entry, arguments) -> entry.getValue()))
                    .isNull();
            assertThat(view.containsKey("k")).isFalse();
            assertThat(view.getConfiguration(MutableConfiguration.class).isReadThrough())
                    .isFalse();
            assertThat(source.loads).hasValue(1);
            CompletionListenerFuture done = new CompletionListenerFuture();
            view.loadAll(Set.of("l"), false, done);
            done.get(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(view.get("l")).isEqualTo("l2");
            assertThat(cache.containsKey("l")).isFalse();
            view.close();
            assertThat(source.ends).hasValue(0);
            assertThat(cache.get("m")).isEqualTo("m3");
        }
        assertThat(made).hasValue(1);
        assertThat(source.ends).hasValue(1);
    }

    /** The rows are of this release: to tidy up what another has left must not delete any. */
    @ParameterizedTest
    @EnumSource
    void writer_isCalledByNoView(Mode mode) {
        Map<String, String> rows = new ConcurrentHashMap<>();
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache = application.cache(new MutableConfiguration<String, String>()
                    .setWriteThrough(true)
                    .setCacheWriterFactory(() -> new WritingTo(rows)));
            cache.put("k", "0");
            NearfarCache<String, String> view = cache.version(1);
            view.putAll(Map.of("k", "1", "l", "1", "m", "1", "n", "1"));
            view.put("k", "2");
            view.putIfAbsent("o", "1");
            view.getAndRemove("l");
            view.remove("m");
            view.invoke("n", (entry, arguments) -> {
                entry.setValue("2");
                return null;
            });
            view.removeAll(Set.of("n"));
            view.removeAll();
            assertThat(view).isEmpty();
            assertThat(rows).isEqualTo(Map.of("k", "0"));
            assertThat(cache.get("k")).isEqualTo("0");
            assertThat(view.getConfiguration(MutableConfiguration.class).isWriteThrough())
                    .isFalse();
        }
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

    private static List<String> keysOf(Cache<String, String> cache) {
        List<String> keys = new ArrayList<>();
        cache.forEach(entry -> keys.add(entry.getKey()));
        return keys;
    }
}
