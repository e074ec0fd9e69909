package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.EntryOptions;
import io.nearfar.NearfarCache;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a load did not find is not looked for again, by no node, until somebody says otherwise or its time is over. */
class NegativeCachingTest {
    private static final String NEGATIVE = "nearfar.ttl.negative";
    private static final Duration SOON = Duration.ofSeconds(30);

    private final AtomicInteger calls = new AtomicInteger();
    private volatile String found;

    private MutableConfiguration<String, String> reading() {
        CacheLoader<String, String> loader = new CacheLoader<>() {
            @Override
            public String load(String key) {
                calls.incrementAndGet();
                return found;
            }

            @Override
            public Map<String, String> loadAll(Iterable<? extends String> keys) {
                calls.incrementAndGet();
                return Map.of();
            }
        };
        return new MutableConfiguration<String, String>().setReadThrough(true).setCacheLoaderFactory(() -> loader);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void loaderThatFindsNothing_isAskedOnce(Mode mode) throws Exception {
        try (Application application = Application.in(mode, NEGATIVE, "1h");
                Application other = mode == Mode.NEAR ? null : application.another()) {
            NearfarCache<String, String> cache = application.cache(reading());
            NearfarCache<String, String> there = other == null ? cache : other.cache(reading());
            assertThat(cache.get("k")).isNull();
            assertThat(cache.get("k")).isNull();
            assertThat(there.get("k")).isNull();
            assertThat(there.getAll(Set.of("k"))).isEmpty();
            assertThat(cache.getOrLoad("k", () -> "other function")).isNull();
            assertThat(cache.getOrLoadAsync("k", () -> CompletableFuture.completedStage("other function"))
                            .toCompletableFuture()
                            .get(30, TimeUnit.SECONDS))
                    .isNull();
            loadAll(there, false);
            assertThat(calls).hasValue(1);
            loadAll(there, true);
            assertThat(calls).as("asked for whatever is there").hasValue(2);
        }
    }

    private static void loadAll(NearfarCache<String, String> cache, boolean replace) throws Exception {
        CompletionListenerFuture done = new CompletionListenerFuture();
        cache.loadAll(Set.of("k"), replace, done);
        done.get(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void whatIsNotThere_isNotThereForAnyOtherOperation(Mode mode) {
        try (Application application = Application.in(mode, NEGATIVE, "1h")) {
            NearfarCache<String, String> cache = application.cache(reading());
            cache.get("k");
            assertThat(cache.containsKey("k")).isFalse();
            assertThat(cache.iterator().hasNext()).isFalse();
            assertThat(cache.replace("k", "v")).isFalse();
            assertThat(cache.remove("k")).isFalse();
            cache.get("k");
            assertThat(calls).as("a removal says that it may be there now").hasValue(2);
            assertThat(cache.putIfAbsent("k", "v")).isTrue();
            assertThat(cache.get("k")).isEqualTo("v");
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void whateverSaysThatItMayBeThereNow_letsItBeLoaded(Mode mode) throws Exception {
        try (Application application = Application.in(mode, NEGATIVE, "1h")) {
            NearfarCache<String, String> cache = application.cache(reading());
            List<Runnable> changes = List.of(
                    () -> cache.remove("k"),
                    cache::clear,
                    cache::removeAll,
                    () -> cache.invalidateTag("tag"),
                    () -> cache.invalidatePrefix("k"));
            for (Runnable change : changes) {
                int before = calls.get();
                cache.getOrLoad("k", context -> {
                    context.setOptions(EntryOptions.NONE.withTags("tag"));
                    calls.incrementAndGet();
                    return null;
                });
                cache.get("k");
                assertThat(calls).hasValue(before + 1);
                change.run();
            }
            found = "v";
            assertThat(cache.get("k")).isEqualTo("v");
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void itsOwnTime_isOver_andItIsLoaded(Mode mode) {
        try (Application application = Application.in(mode, NEGATIVE, "20ms", "nearfar.cache.cities.ttl", "1h")) {
            NearfarCache<String, String> cache = application.cache(reading());
            cache.get("k");
            found = "v";
            await().atMost(SOON).until(() -> "v".equals(cache.get("k")));
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void reload_thatFindsSomething_storesIt(Mode mode) throws Exception {
        try (Application application = Application.in(mode, NEGATIVE, "1h")) {
            NearfarCache<String, String> cache = application.cache(reading());
            cache.get("k");
            assertThat(cache.reload("k", () -> "v")).isEqualTo("v");
            assertThat(cache.get("k")).isEqualTo("v");
            assertThat(cache.reload("l", () -> null)).isNull();
            cache.get("l");
            assertThat(calls)
                    .as("a reload remembers that there is nothing, too")
                    .hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void loadThatSetsAShorterLife_isAskedAgainAfterIt(Mode mode) throws Exception {
        try (Application application = Application.in(mode, NEGATIVE, "1h")) {
            NearfarCache<String, String> cache = application.cache(reading());
            cache.getOrLoad("k", context -> {
                context.setOptions(EntryOptions.NONE.withTimeToLive(Duration.ofMillis(20)));
                return null;
            });
            await().atMost(SOON).until(() -> cache.get("k") == null && calls.get() == 1);
        }
    }

    /** An application that loads another key for each request must not fill the memory with what is not there. */
    @Test
    void inTheProcessAlone_asManyAreRememberedAsThereAreEntriesAtMost() {
        try (Application application =
                Application.in(Mode.NEAR, NEGATIVE, "1h", "nearfar.near.maximum-entries", "10")) {
            NearfarCache<String, String> cache = application.cache(reading());
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < 100; i++) {
                    cache.get("k" + i);
                }
            }
            assertThat(calls.get()).isBetween(180, 195);
        }
    }

    @Test
    void withoutTheSetting_theLoaderIsAskedEachTime() {
        try (Application application = Application.in(Mode.NEAR)) {
            NearfarCache<String, String> cache = application.cache(reading());
            cache.get("k");
            cache.get("k");
            assertThat(calls).hasValue(2);
        }
    }
}
