package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.EntryExpiryPolicy;
import io.nearfar.EntryOptions;
import io.nearfar.NearfarCache;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.Duration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A policy that sees key and value: asked where JSR-107 asks the plain one, with the entry that the question is about. */
@Timeout(120)
class EntryExpiryTest {
    private static final java.time.Duration SOON = java.time.Duration.ofSeconds(30);
    private static final Duration BRIEF = new Duration(TimeUnit.MILLISECONDS, 50);

    private final Policy policy = new Policy();

    /** Writes down what it is asked. Values that begin with "brief" live briefly. */
    private static final class Policy implements EntryExpiryPolicy<String, String> {
        private final List<String> asked = new CopyOnWriteArrayList<>();
        private volatile boolean broken;

        @Override
        public Duration forCreation(String key, String value) {
            return answer("creation", key, value);
        }

        @Override
        public Duration forUpdate(String key, String value) {
            return answer("update", key, value);
        }

        @Override
        public Duration forAccess(String key, String value) {
            return answer("access", key, value);
        }

        @Override
        public Duration getExpiryForCreation() {
            throw new AssertionError("the plain question is asked");
        }

        private Duration answer(String question, String key, String value) {
            asked.add(question + " " + key + "=" + value);
            if (broken) {
                throw new IllegalStateException("no idea");
            }
            return value.startsWith("brief") ? BRIEF : Duration.ONE_HOUR;
        }
    }

    private MutableConfiguration<String, String> asking() {
        return new MutableConfiguration<String, String>().setExpiryPolicyFactory(() -> policy);
    }

    private void asks(Runnable operation, String... questions) {
        policy.asked.clear();
        operation.run();
        assertThat(policy.asked).containsExactlyInAnyOrder(questions);
    }

    /** The table of section 6.3, row by row; nothing more may be asked. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void policy_isAskedOfTheEntry_whereThePlainOneIsAsked(Mode mode) {
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache = application.cache(asking());
            asks(() -> cache.put("k", "1"), "creation k=1");
            asks(() -> cache.put("k", "2"), "update k=2");
            asks(() -> cache.put("k", "3", EntryOptions.NONE.withTags("t")), "update k=3");
            asks(() -> cache.putIfAbsent("k", "x"));
            asks(() -> cache.putIfAbsent("absent", "a"), "creation absent=a");
            asks(() -> cache.get("none"));
            asks(() -> cache.get("k"), "access k=3");
            asks(() -> cache.containsKey("k"));
            asks(() -> cache.getAll(Set.of("k", "none", "absent")), "access k=3", "access absent=a");
            asks(() -> cache.remove("absent"));
            asks(() -> cache.getAndPut("k", "4"), "update k=4");
            asks(() -> cache.replace("k", "5"), "update k=5");
            asks(() -> cache.getAndReplace("k", "6"), "update k=6");
            asks(() -> cache.replace("none", "4"));
            asks(() -> cache.replace("k", "x", "7"), "access k=6");
            asks(() -> cache.replace("k", "6", "7"), "update k=7");
            asks(() -> cache.remove("k", "x"), "access k=7");
            asks(() -> cache.iterator().next(), "access k=7");
            asks(() -> cache.putAll(Map.of("k", "8", "l", "1")), "update k=8", "creation l=1");
            asks(() -> cache.invoke("k", (entry, arguments) -> entry.exists()));
            asks(() -> cache.invoke("k", (entry, arguments) -> entry.getValue()), "access k=8");
            asks(
                    () -> cache.invoke("m", (entry, arguments) -> {
                        entry.setValue("1");
                        return entry.getValue();
                    }),
                    "creation m=1");
            asks(() -> cache.remove("k", "8"));
            asks(() -> cache.getAndRemove("l"));
            asks(cache::removeAll);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void policy_isAskedOfWhatIsLoaded_withWhatTheLoadCameTo(Mode mode) {
        CacheLoader<String, String> loader = new CacheLoader<>() {
            @Override
            public String load(String key) {
                return "loaded";
            }

            @Override
            public Map<String, String> loadAll(Iterable<? extends String> keys) {
                return StreamSupport.stream(keys.spliterator(), false)
                        .collect(Collectors.toMap(key -> key, key -> "loaded with " + key));
            }
        };
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache =
                    application.cache(asking().setReadThrough(true).setCacheLoaderFactory(() -> loader));
            asks(() -> cache.get("through"), "creation through=loaded");
            asks(() -> load(cache, "called", "v"), "creation called=v");
            asks(() -> load(cache, "called", "w"), "access called=v");
            asks(() -> reload(cache, "called", "w"), "update called=w");
            asks(
                    () -> cache.getOrLoadAsync("later", () -> CompletableFuture.completedStage("v"))
                            .toCompletableFuture()
                            .join(),
                    "creation later=v");
            asks(
                    () -> cache.reloadAsync("later", () -> CompletableFuture.completedStage("w"))
                            .toCompletableFuture()
                            .join(),
                    "update later=w");
            asks(() -> load(cache, "nothing", null));
            asks(() -> loadAll(cache, Set.of("a", "b")), "creation a=loaded with a", "creation b=loaded with b");
        }
    }

    private static void load(NearfarCache<String, String> cache, String key, String value) {
        try {
            cache.getOrLoad(key, () -> value);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void reload(NearfarCache<String, String> cache, String key, String value) {
        try {
            cache.reload(key, () -> value);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void loadAll(NearfarCache<String, String> cache, Set<String> keys) {
        CompletionListenerFuture end = new CompletionListenerFuture();
        cache.loadAll(keys, false, end);
        try {
            end.get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void entries_liveAsTheirValuesSay(Mode mode) throws Exception {
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache = application.cache(asking());
            cache.put("put", "brief");
            cache.putAll(Map.of("all", "brief", "whole", "for long"));
            cache.getOrLoad("load", () -> "brief");
            cache.invoke("invoke", (entry, arguments) -> {
                entry.setValue("brief");
                return null;
            });
            cache.put("updated", "for long");
            cache.put("updated", "brief too");
            for (String key : List.of("put", "all", "load", "invoke", "updated")) {
                await().atMost(SOON).until(() -> !cache.containsKey(key));
            }
            assertThat(cache.get("whole")).isEqualTo("for long");
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void optionsRulesAndSettings_goBeforeThePolicy(Mode mode) {
        String ttl = "nearfar.cache.cities.ttl";
        EntryOptions life = EntryOptions.NONE.withTimeToLive(java.time.Duration.ofMinutes(2));
        try (Application application = Application.in(mode, ttl + ".rules", "*:24h 5m")) {
            NearfarCache<String, String> cache = application.cache(asking());
            asks(() -> cache.put("k", "1", life));
            asks(() -> cache.put("k:24h", "1"));
            asks(() -> cache.get("k:24h"));
            asks(() -> cache.put("k", "2"), "update k=2");
        }
        try (Application application = Application.in(mode, ttl, "5m")) {
            NearfarCache<String, String> cache = application.cache(asking());
            asks(() -> cache.put("k", "1"));
            asks(() -> cache.get("k"));
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void policyThatFails_breaksNoOperation(Mode mode) {
        policy.broken = true;
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache = application.cache(asking());
            cache.put("k", "brief");
            cache.put("k", "2");
            assertThat(cache.get("k")).isEqualTo("2");
        }
    }

    /** Jitter holds for any policy, and the lives of this one differ by themselves. */
    @Test
    void jitter_shortensWhatThePolicySays() {
        try (Application application = Application.in(Mode.NEAR, "nearfar.ttl.jitter", "10%")) {
            NearfarCache<String, String> cache = application.cache(asking());
            asks(() -> cache.put("k", "1"), "creation k=1");
            cache.put("k", "brief");
            await().atMost(SOON).until(() -> !cache.containsKey("k"));
        }
    }

    /** What a provider asks that knows no other questions. */
    @Test
    void plainQuestions_haveAnAnswer() {
        EntryExpiryPolicy<String, String> plain = (key, value) -> BRIEF;
        assertThat(plain.getExpiryForCreation()).isEqualTo(Duration.ETERNAL);
        assertThat(plain.getExpiryForUpdate()).isNull();
        assertThat(plain.getExpiryForAccess()).isNull();
        assertThat(plain.forUpdate("k", "v")).isNull();
        assertThat(plain.forAccess("k", "v")).isNull();
    }
}
