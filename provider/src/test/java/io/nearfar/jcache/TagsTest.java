package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.EntryOptions;
import io.nearfar.NearfarCache;
import io.nearfar.NearfarEntry;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Entry options and tags, through the cache itself. Some tests are named after races that others have had. */
@Timeout(120)
class TagsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private static EntryOptions tags(String... tags) {
        return EntryOptions.NONE.withTags(tags);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void timeToLive_ofAWrite_winsOverThePolicy(Mode mode) {
        try (Application one = Application.in(mode)) {
            NearfarCache<String, String> cache = one.cache(new MutableConfiguration<String, String>()
                    .setExpiryPolicyFactory(
                            CreatedExpiryPolicy.factoryOf(new javax.cache.expiry.Duration(TimeUnit.HOURS, 1))));
            EntryOptions brief = EntryOptions.NONE.withTimeToLive(Duration.ofMillis(40));
            cache.put("k", "v", brief);
            cache.put("l", "v");
            cache.put("l", "w", brief);
            cache.put("m", "v", EntryOptions.NONE.withTimeToLive(Duration.ofDays(100_000)));
            await().atMost(SOON).until(() -> !cache.containsKey("k") && !cache.containsKey("l"));
            assertThat(cache.get("m")).isEqualTo("v");
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void load_setsItsOptions(Mode mode) throws Exception {
        try (Application one = Application.in(mode)) {
            NearfarCache<String, String> cache = one.cache();
            String loaded = cache.getOrLoad("k", context -> {
                context.setOptions(EntryOptions.NONE.withTags("never"));
                context.setOptions(tags("red"));
                return "v";
            });
            assertThat(loaded).isEqualTo("v");
            cache.invalidateTag("never");
            assertThat(cache.get("k")).isEqualTo("v");
            cache.invalidateTag("red");
            assertThat(cache.get("k")).isNull();
            cache.reload("l", context -> {
                context.setOptions(EntryOptions.NONE.withTimeToLive(Duration.ofMillis(30)));
                return "v";
            });
            await().atMost(SOON).until(() -> !cache.containsKey("l"));
            assertThatThrownBy(() -> cache.getOrLoad("m", context -> {
                        context.setOptions(null);
                        return "v";
                    }))
                    .isInstanceOf(NullPointerException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void loadThatAnswersWithAStage_setsItsOptions(Mode mode) throws Exception {
        try (Application one = Application.in(mode)) {
            NearfarCache<String, String> cache = one.cache();
            CompletableFuture<String> value = new CompletableFuture<>();
            CompletableFuture<String> loaded = cache.getOrLoadAsync(
                            "k",
                            context -> value.thenApply(v -> {
                                context.setOptions(tags("red"));
                                return v;
                            }))
                    .toCompletableFuture();
            value.complete("v");
            assertThat(loaded.get(30, TimeUnit.SECONDS)).isEqualTo("v");
            assertThat(cache.get("k")).isEqualTo("v");
            cache.invalidateTag("red");
            assertThat(cache.get("k")).isNull();
            CompletableFuture<String> again = cache.reloadAsync("k", context -> {
                        context.setOptions(tags("blue"));
                        return CompletableFuture.completedStage("w");
                    })
                    .toCompletableFuture();
            assertThat(again.get(30, TimeUnit.SECONDS)).isEqualTo("w");
            cache.invalidateTag("blue");
            assertThat(cache.get("k")).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void processor_setsOptions(Mode mode) {
        try (Application one = Application.in(mode)) {
            NearfarCache<String, String> cache = one.cache();
            for (String key : List.of("k", "l", "m")) {
                cache.<Object>invoke(key, (entry, arguments) -> {
                    @SuppressWarnings("unchecked")
                    NearfarEntry<String, String> whole = entry.unwrap(NearfarEntry.class);
                    whole.setValue(
                            "v",
                            key.equals("m") ? EntryOptions.NONE.withTimeToLive(Duration.ofMillis(30)) : tags("red"));
                    if (key.equals("l")) {
                        entry.setValue("w");
                    }
                    return null;
                });
            }
            cache.invalidateTag("red");
            assertThat(cache.get("k")).isNull();
            assertThat(cache.get("l")).isEqualTo("w");
            await().atMost(SOON).until(() -> !cache.containsKey("m"));
            assertThatThrownBy(() -> cache.invoke("k", (entry, arguments) -> {
                        entry.unwrap(NearfarEntry.class).setValue("v", null);
                        return null;
                    }))
                    .hasRootCauseMessage(
                            "The options that an entry processor sets are null; give EntryOptions.NONE, or leave them out");
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void invalidateTags_endsWhatCarriesThem(Mode mode) {
        try (Application one = Application.in(mode)) {
            NearfarCache<Integer, String> cache = one.cache();
            for (int i = 0; i < 60; i++) {
                cache.put(i, "v", tags("m" + i % 3, "n" + i % 5));
            }
            cache.put(100, "v");
            cache.invalidateTags(Set.of("m1", "n0"));
            cache.invalidateTags(Set.of());
            for (int i = 0; i < 60; i++) {
                boolean dead = i % 3 == 1 || i % 5 == 0;
                assertThat(cache.containsKey(i)).as("%d", i).isEqualTo(!dead);
                assertThat(cache.putIfAbsent(i, "w")).as("%d", i).isEqualTo(dead);
            }
            assertThat(cache.get(100)).isEqualTo("v");
        }
    }

    @Test
    void wrongTags_areRefused() {
        try (Application one = Application.in(Mode.NEAR)) {
            NearfarCache<String, String> cache = one.cache();
            List<String> many = IntStream.range(0, 1_001).mapToObj(i -> "t" + i).toList();
            assertThatThrownBy(() -> cache.invalidateTags(null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> cache.invalidateTags(Collections.singletonList(null)))
                    .isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> cache.invalidateTags(many)).hasMessageContaining("At most 1000");
            assertThatThrownBy(() -> cache.invalidateTag("")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> cache.invalidateTag(null)).hasMessageContaining("A tag is null");
            assertThatThrownBy(() -> EntryOptions.NONE.withTags((String[]) null))
                    .hasMessageContaining("tags is null");
            assertThatThrownBy(() -> cache.put("k", "v", null)).hasMessageContaining("EntryOptions.NONE");
            cache.close();
            assertThatThrownBy(() -> cache.invalidateTag("a")).isInstanceOf(IllegalStateException.class);
        }
    }

    /** The processor knows of no tags, so what it writes carries none. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void otherOperations_meetNothingAfterAnInvalidation(Mode mode) {
        try (Application one = Application.in(mode)) {
            NearfarCache<String, String> cache = one.cache();
            Map<String, Runnable> operations = new HashMap<>();
            operations.put("a", () -> assertThat(cache.getAndPut("a", "w")).isNull());
            operations.put("b", () -> assertThat(cache.replace("b", "w")).isFalse());
            operations.put("c", () -> assertThat(cache.replace("c", "v", "w")).isFalse());
            operations.put("d", () -> assertThat(cache.remove("d")).isFalse());
            operations.put("e", () -> assertThat(cache.remove("e", "v")).isFalse());
            operations.put("f", () -> assertThat(cache.getAndRemove("f")).isNull());
            operations.put(
                    "g",
                    () -> assertThat(cache.<Boolean>invoke("g", (entry, arguments) -> entry.exists()))
                            .isFalse());
            operations.put("h", () -> assertThat(cache.getAndReplace("h", "w")).isNull());
            operations.keySet().forEach(key -> cache.put(key, "v", tags("red")));
            cache.invalidateTag("red");
            assertThat(cache.getAll(operations.keySet())).isEmpty();
            operations.values().forEach(Runnable::run);
            assertThat(cache.iterator())
                    .toIterable()
                    .extracting(entry -> entry.getKey())
                    .containsExactly("a");
        }
    }

    // ---- two nodes

    private static void onTwoNodes(Mode mode, Two test) throws Exception {
        try (Application one = Application.in(mode);
                Application other = one.another()) {
            test.run(one.cache(), other.cache());
        }
    }

    private interface Two {
        void run(NearfarCache<String, String> here, NearfarCache<String, String> there) throws Exception;
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void invalidation_isSeenByTheOtherNode(Mode mode) throws Exception {
        onTwoNodes(mode, (here, there) -> {
            here.put("k", "v", tags("red", "blue"));
            here.put("l", "v", tags("green"));
            await().atMost(SOON).until(() -> "v".equals(there.get("k")) && "v".equals(there.get("l")));
            there.invalidateTags(Set.of("blue"));
            assertThat(there.get("k")).isNull();
            await().atMost(SOON).until(() -> here.get("k") == null);
            assertThat(here.get("l")).isEqualTo("v");
            here.put("k", "w", tags("blue"));
            await().atMost(SOON).until(() -> "w".equals(there.get("k")));
        });
    }

    /** A load that waits in its middle until it is let go on. */
    private static final class HeldLoad {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private final CompletableFuture<String> answer;

        HeldLoad(NearfarCache<String, String> cache, boolean again, String value, String... tags) throws Exception {
            answer = CompletableFuture.supplyAsync(() -> {
                try {
                    return again
                            ? cache.reload("k", context -> held(context::setOptions, value, tags))
                            : cache.getOrLoad("k", context -> held(context::setOptions, value, tags));
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            begun.await();
        }

        private String held(java.util.function.Consumer<EntryOptions> options, String value, String... tags)
                throws InterruptedException {
            begun.countDown();
            goOn.await();
            options.accept(tags(tags));
            return value;
        }

        String end() throws Exception {
            goOn.countDown();
            return answer.get(30, TimeUnit.SECONDS);
        }
    }

    /** ZiggyCreatures/FusionCache#535 and #613. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void fusionCache535_loadThatBeganBeforeTheInvalidation_doesNotSurviveIt(Mode mode) throws Exception {
        try (Application one = Application.in(mode)) {
            NearfarCache<String, String> cache = one.cache();
            HeldLoad load = new HeldLoad(cache, false, "old", "red");
            cache.invalidateTag("red");
            assertThat(load.end()).isEqualTo("old");
            assertThat(cache.get("k")).isNull();
            assertThat(cache.getOrLoad("k", () -> "new")).isEqualTo("new");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void fusionCache613_loadOnAnotherNode_doesNotSurviveTheInvalidation(Mode mode) throws Exception {
        onTwoNodes(mode, (here, there) -> {
            HeldLoad load = new HeldLoad(there, false, "old", "red");
            here.invalidateTag("red");
            assertThat(load.end()).isEqualTo("old");
            assertThat(here.get("k")).isNull();
            assertThat(there.get("k")).isNull();
            assertThat(here.getOrLoad("k", () -> "new")).isEqualTo("new");
        });
    }

    /** Whoever asks after the invalidation does not get what was begun before it, though the load is under way still. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void fusionCache535_whoAsksAfterTheInvalidation_doesNotJoinTheLoadOfBefore(Mode mode) throws Exception {
        try (Application one = Application.in(mode)) {
            NearfarCache<String, String> cache = one.cache();
            HeldLoad load = new HeldLoad(cache, false, "old", "red");
            cache.invalidateTag("red");
            AtomicInteger calls = new AtomicInteger();
            CompletableFuture<String> later = CompletableFuture.supplyAsync(() -> {
                try {
                    return cache.getOrLoad("k", () -> "new" + calls.incrementAndGet());
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            CompletableFuture<String> stage = cache.getOrLoadAsync(
                            "k", () -> CompletableFuture.completedStage("new" + calls.incrementAndGet()))
                    .toCompletableFuture();
            assertThat(load.end()).isEqualTo("old");
            assertThat(later.get(30, TimeUnit.SECONDS)).startsWith("new");
            assertThat(stage.get(30, TimeUnit.SECONDS)).startsWith("new");
            assertThat(cache.get("k")).startsWith("new");
        }
    }

    /** ZiggyCreatures/FusionCache#625. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void fusionCache625_removalDuringALoad_isNotUndoneByIt(Mode mode) throws Exception {
        try (Application one = Application.in(mode)) {
            NearfarCache<String, String> cache = one.cache();
            HeldLoad load = new HeldLoad(cache, false, "old", "red");
            cache.remove("k");
            assertThat(cache.getOrLoad("k", () -> "new")).isEqualTo("new");
            assertThat(load.end()).isEqualTo("old");
            assertThat(cache.get("k")).isEqualTo("new");
        }
    }

    /** ZiggyCreatures/FusionCache#628. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void fusionCache628_reloadThatBeganBeforeTheInvalidation_doesNotSurviveIt(Mode mode) throws Exception {
        try (Application one = Application.in(mode)) {
            NearfarCache<String, String> cache = one.cache();
            for (boolean tagged : new boolean[] {true, false}) {
                cache.put("k", "first", tagged ? tags("red") : EntryOptions.NONE);
                HeldLoad load = new HeldLoad(cache, true, "old", "red");
                cache.invalidateTag("red");
                assertThat(load.end()).isEqualTo("old");
                assertThat(cache.get("k")).isNull();
                HeldLoad after = new HeldLoad(cache, true, "new", "red");
                assertThat(after.end()).isEqualTo("new");
                assertThat(cache.get("k")).isEqualTo("new");
            }
        }
    }

    /** What nobody ever sees was not written, and did not expire. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void reloadThatAnInvalidationEnds_isNotToldToListeners(Mode mode) throws Exception {
        try (Application one = Application.in(mode)) {
            NearfarCache<String, String> cache = one.cache();
            cache.put("k", "first");
            RecordingListener listener = new RecordingListener();
            cache.registerCacheEntryListener(listener.configured(true, true));
            HeldLoad load = new HeldLoad(cache, true, "old", "red");
            cache.invalidateTag("red");
            assertThat(load.end()).isEqualTo("old");
            assertThat(listener.told).isEmpty();
            new HeldLoad(cache, true, "new", "red").end();
            assertThat(listener.told).containsExactly("CREATED k null new");
        }
    }

    /** What a thread meets after its own invalidation was made up after it, whichever node made it up. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void invalidationsAndLoads_ofManyThreadsOnTwoNodes_leaveNothingOfBefore(Mode mode) throws Exception {
        onTwoNodes(mode, (here, there) -> {
            AtomicInteger truth = new AtomicInteger();
            List<CompletableFuture<Integer>> threads = IntStream.range(0, 6)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> outdated(i % 2 == 0 ? here : there, truth),
                            task -> new Thread(task, "tags-" + i).start()))
                    .toList();
            for (CompletableFuture<Integer> thread : threads) {
                assertThat(thread.get(60, TimeUnit.SECONDS)).isZero();
            }
        });
    }

    private static int outdated(NearfarCache<String, String> cache, AtomicInteger truth) {
        int outdated = 0;
        for (int round = 0; round < 60; round++) {
            int mine = truth.incrementAndGet();
            cache.invalidateTag("red");
            String seen = cache.get("k");
            outdated += seen != null && Integer.parseInt(seen) < mine ? 1 : 0;
            try {
                String loaded = cache.getOrLoad("k", context -> {
                    context.setOptions(tags("red"));
                    return Integer.toString(truth.get());
                });
                outdated += Integer.parseInt(loaded) < mine ? 1 : 0;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        return outdated;
    }

    /** Two threads at one key: one invalidates and writes anew, one loads; what was loaded before never stays. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void loadsAndInvalidations_atTheSameTime_leaveNothingOfBefore(Mode mode) throws Exception {
        try (Application one = Application.in(mode)) {
            NearfarCache<String, Integer> cache = one.cache();
            AtomicInteger truth = new AtomicInteger();
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                for (int i = 1; i <= 200; i++) {
                    truth.set(i);
                    cache.invalidateTag("red");
                    Integer seen = cache.get("k");
                    assertThat(seen == null || seen == i)
                            .as("%s after %d", seen, i)
                            .isTrue();
                }
            });
            while (!writer.isDone()) {
                cache.getOrLoad("k", context -> {
                    int read = truth.get();
                    context.setOptions(tags("red"));
                    return read;
                });
            }
            writer.get(30, TimeUnit.SECONDS);
        }
    }
}
