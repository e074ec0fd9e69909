package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.ContextCacheLoader;
import io.nearfar.EntryOptions;
import io.nearfar.LoadContext;
import io.nearfar.NearfarCache;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CompletionListenerFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A loader of the configuration has the context that any load has, whichever way it comes to be called. */
@Timeout(120)
class ContextCacheLoaderTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration AHEAD = Duration.ofMillis(50);

    /** What the loader saw of before, for each call. */
    private final List<String> seen = new CopyOnWriteArrayList<>();

    /** Tags each value with its key; what was there before is right still. */
    private @Nullable String loaded(String key, LoadContext context) {
        String previous = context.previous(String.class);
        seen.add(key + " " + previous);
        context.setOptions(EntryOptions.NONE.withTags("of " + key));
        if (previous == null) {
            return "new";
        }
        context.notModified();
        return null;
    }

    private MutableConfiguration<String, String> reading() {
        ContextCacheLoader<String, String> loader = this::loaded;
        return reading(loader);
    }

    private static MutableConfiguration<String, String> reading(CacheLoader<String, String> loader) {
        return new MutableConfiguration<String, String>().setReadThrough(true).setCacheLoaderFactory(() -> loader);
    }

    private static void load(NearfarCache<String, String> cache, Set<String> keys, boolean anew) throws Exception {
        CompletionListenerFuture loaded = new CompletionListenerFuture();
        cache.loadAll(keys, anew, loaded);
        loaded.get(30, TimeUnit.SECONDS);
    }

    private static void ended(NearfarCache<String, String> cache, String key) {
        cache.put(key, "old", EntryOptions.NONE.withTimeToLive(Duration.ofMillis(5)));
        await().atMost(SOON).until(() -> !cache.containsKey(key));
        await().atMost(SOON).pollDelay(AHEAD).until(() -> !cache.containsKey(key));
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void options_countHoweverTheKeyIsLoaded(Mode mode) {
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache = application.cache(reading());
            Map<String, Supplier<@Nullable String>> ways = new HashMap<>();
            ways.put("get", () -> cache.get("get"));
            ways.put("getAll", () -> cache.getAll(Set.of("getAll")).get("getAll"));
            ways.put("async", () -> joined(cache.async().get("async").toCompletableFuture()::get));
            ways.put("processor", () -> cache.invoke("processor", (entry, arguments) -> entry.getValue()));
            ways.put(
                    "loadAll",
                    () -> joined(() -> {
                        load(cache, Set.of("loadAll"), false);
                        return cache.get("loadAll");
                    }));
            ways.forEach((key, way) -> {
                assertThat(way.get()).as(key).isEqualTo("new");
                assertThat(cache.containsKey(key)).as(key).isTrue();
                cache.invalidateTag("of " + key);
                assertThat(cache.containsKey(key)).as(key).isFalse();
            });
            assertThat(seen).hasSize(ways.size()).allMatch(each -> each.endsWith(" null"));
        }
    }

    private static <T> T joined(Callable<T> call) {
        try {
            return call.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void whatHasEndedAndIsRightStill_livesAgain(Mode mode) throws Exception {
        try (Application application = Application.in(mode, "nearfar.grace", "1h")) {
            NearfarCache<String, String> cache = application.cache(reading());
            ended(cache, "k");
            assertThat(cache.get("k")).isEqualTo("old");
            assertThat(cache.containsKey("k")).isTrue();
            cache.expire("k");
            load(cache, Set.of("k"), false);
            assertThat(cache.containsKey("k")).isTrue();
            assertThat(cache.get("k")).isEqualTo("old");
            assertThat(seen).containsExactly("k old", "k old");
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void manyKeys_areOneCall_withAContextForEach(Mode mode) throws Exception {
        List<Set<String>> calls = new CopyOnWriteArrayList<>();
        ContextCacheLoader<String, String> loader = new ContextCacheLoader<>() {
            @Override
            public @Nullable String load(String key, LoadContext context) {
                throw new AssertionError("called for " + key + " alone");
            }

            @Override
            public Map<String, String> loadAll(Map<String, LoadContext> contexts) {
                calls.add(new TreeSet<>(contexts.keySet()));
                Map<String, String> loaded = new HashMap<>();
                contexts.forEach((key, context) -> loaded.put(key, loaded(key, context)));
                return loaded;
            }
        };
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache = application.cache(reading(loader));
            cache.put("a", "old");
            load(cache, Set.of("a", "b", "c"), true);
            assertThat(calls).containsExactly(Set.of("a", "b", "c"));
            assertThat(seen).containsExactlyInAnyOrder("a old", "b null", "c null");
            assertThat(cache.getAll(Set.of("a", "b", "c"))).isEqualTo(Map.of("a", "old", "b", "new", "c", "new"));
            cache.invalidateTags(List.of("of a", "of b"));
            assertThat(cache.containsKey("a")).isFalse();
            assertThat(cache.containsKey("b")).isFalse();
            assertThat(cache.containsKey("c")).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void entryNearItsEnd_isPutOff_whereItsLoaderSaysSo(Mode mode) {
        try (Application application =
                Application.in(mode, "nearfar.cache.cities.ttl", "20s", "nearfar.refresh-ahead", "99%")) {
            RecordingListener listener = new RecordingListener();
            NearfarCache<String, String> cache =
                    application.cache(reading().addCacheEntryListenerConfiguration(listener.configured(true, true)));
            cache.put("k", "old");
            await().atMost(SOON).until(() -> {
                assertThat(cache.get("k")).isEqualTo("old");
                return listener.told.contains("UPDATED k old old");
            });
            cache.invalidateTag("of k");
            assertThat(cache.containsKey("k")).isFalse();
            assertThat(seen).startsWith("k old");
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void entryThatEndedAShortWhileAgo_isLoadedInTheBackground_withItsContext(Mode mode) {
        try (Application application = Application.in(mode, "nearfar.cache.cities.stale-while-revalidate", "1h")) {
            NearfarCache<String, String> cache = application.cache(reading());
            ended(cache, "k");
            assertThat(cache.get("k")).isEqualTo("old");
            await().atMost(SOON).until(() -> cache.containsKey("k"));
            cache.invalidateTag("of k");
            assertThat(cache.containsKey("k")).isFalse();
            assertThat(seen).containsExactly("k old");
        }
    }

    @Test
    void mistakes_areToldAsTheLoadersOwn() {
        ContextCacheLoader<String, String> rash = (key, context) -> {
            context.notModified();
            return "new";
        };
        try (Application application = Application.in(Mode.TIERED)) {
            NearfarCache<String, String> cache = application.cache(reading(rash));
            assertThatThrownBy(() -> cache.get("k"))
                    .isInstanceOf(CacheLoaderException.class)
                    .cause()
                    .hasMessageContaining("there is none of before");
            assertThat(cache.containsKey("k")).isFalse();
        }
    }

    @Test
    void withoutAContext_asOtherProvidersCallIt_optionsAreForNobody() {
        ContextCacheLoader<String, String> loader = this::loaded;
        assertThat(loader.load("a")).isEqualTo("new");
        assertThat(loader.loadAll(new ArrayList<>(List.of("a", "b")))).isEqualTo(Map.of("a", "new", "b", "new"));
        ContextCacheLoader<String, String> careless = (key, context) -> {
            context.setOptions(null);
            return "new";
        };
        assertThatThrownBy(() -> careless.load("a")).isInstanceOf(NullPointerException.class);
    }
}
