package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.EntryOptions;
import io.nearfar.FarTierUnavailableException;
import io.nearfar.InvalidationDeclaration;
import io.nearfar.InvalidationPace;
import io.nearfar.NearfarCache;
import io.nearfar.NearfarEntry;
import io.nearfar.NearfarManager;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import io.nearfar.testing.RealRedis;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is ended softly by its tag, its pattern or its prefix, through the cache itself. */
@Timeout(120)
class SoftTagsTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Callable<String> FAILING = () -> {
        throw new IllegalStateException("the database is away");
    };

    /** Each way to end the entry under {@code k:1}, which carries the tag red. */
    private static final List<Consumer<NearfarCache<String, String>>> WAYS = List.of(
            cache -> cache.expireTag("red"),
            cache -> cache.expireTags(Set.of("blue", "red")),
            cache -> cache.expirePattern("k:?"),
            cache -> cache.expirePrefix("k:"),
            cache -> cache.startExpiringPattern("k:*", InvalidationPace.DEFAULT)
                    .done()
                    .toCompletableFuture()
                    .join(),
            cache -> cache.startExpiringPrefix("k", InvalidationPace.DEFAULT)
                    .done()
                    .toCompletableFuture()
                    .join(),
            cache -> cache.async().expireTag("red").toCompletableFuture().join(),
            cache -> cache.async()
                    .expireTags(Set.of("red"))
                    .toCompletableFuture()
                    .join(),
            cache -> cache.async().expirePattern("k*").toCompletableFuture().join(),
            cache -> cache.async().expirePrefix("k").toCompletableFuture().join());

    private static final List<Consumer<NearfarCache<String, String>>> TWO = List.of(WAYS.get(0), WAYS.get(2));

    private static Application inGrace(Mode mode, String... further) {
        String[] settings = new String[further.length + 4];
        settings[0] = "nearfar.grace";
        settings[1] = "1h";
        settings[2] = "nearfar.fail-safe.throttle";
        settings[3] = "0";
        System.arraycopy(further, 0, settings, 4, further.length);
        return Application.in(mode, settings);
    }

    private static EntryOptions red() {
        return EntryOptions.NONE.withTags("green", "red");
    }

    private static void endsAndKeeps(NearfarCache<String, String> cache, Consumer<NearfarCache<String, String>> way)
            throws Exception {
        cache.put("k:1", "old", red());
        cache.put("other", "other", EntryOptions.NONE.withTags("green"));
        way.accept(cache);
        assertThat(cache.get("k:1")).isNull();
        assertThat(cache.containsKey("k:1")).isFalse();
        assertThat(cache.replace("k:1", "new")).isFalse();
        assertThat(cache.getOrLoad("k:1", FAILING)).isEqualTo("old");
        assertThat(cache.getOrLoad("k:1", context -> "after " + context.previous(String.class)))
                .isEqualTo("after old");
        assertThat(cache.get("k:1")).isEqualTo("after old");
        assertThat(cache.get("other")).isEqualTo("other");
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void ended_isReadNoMore_andAnswersWhereALoadFails(Mode mode) throws Exception {
        try (Application application = inGrace(mode)) {
            NearfarCache<String, String> cache = application.cache();
            for (Consumer<NearfarCache<String, String>> way : WAYS) {
                endsAndKeeps(cache, way);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void hardInvalidation_beforeOrAfter_leavesNothing(Mode mode) {
        try (Application application = inGrace(mode)) {
            NearfarCache<String, String> cache = application.cache();
            for (Consumer<NearfarCache<String, String>> way : TWO) {
                cache.put("k:1", "old", red());
                cache.invalidateTag("red");
                way.accept(cache);
                assertThatThrownBy(() -> cache.getOrLoad("k:1", FAILING)).hasMessage("the database is away");
                cache.put("k:1", "old", red());
                way.accept(cache);
                cache.invalidateTag("green");
                assertThatThrownBy(() -> cache.getOrLoad("k:1", FAILING)).hasMessage("the database is away");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void loadThatBeganBefore_isNotStored(Mode mode) throws Exception {
        try (Application application = inGrace(mode)) {
            NearfarCache<String, String> cache = application.cache();
            for (Consumer<NearfarCache<String, String>> way : TWO) {
                cache.clear();
                String loaded = cache.getOrLoad("k:1", context -> {
                    context.setOptions(red());
                    way.accept(cache);
                    return "read before";
                });
                assertThat(loaded).isEqualTo("read before");
                assertThat(cache.get("k:1")).isNull();
                cache.put("k:1", "there", red());
                cache.reload("k:1", context -> {
                    context.setOptions(red());
                    way.accept(cache);
                    return "read before";
                });
                assertThat(cache.get("k:1")).isNull();
            }
        }
    }

    /** Another value was loaded and is not known to be right; the old one still answers where the next load fails. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void loadThatBeganBefore_leavesWhatIsKept(Mode mode) throws Exception {
        try (Application application = inGrace(mode)) {
            NearfarCache<String, String> cache = application.cache();
            for (Consumer<NearfarCache<String, String>> way : TWO) {
                cache.clear();
                cache.put("k:1", "old", red());
                way.accept(cache);
                cache.getOrLoad("k:1", context -> {
                    context.setOptions(red());
                    way.accept(cache);
                    return "read before";
                });
                assertThat(cache.get("k:1")).isNull();
                assertThat(cache.getOrLoad("k:1", FAILING)).isEqualTo("old");
                cache.getOrLoad("k:1", context -> {
                    context.setOptions(red());
                    way.accept(cache);
                    cache.invalidateTag("green");
                    return "read before";
                });
                assertThatThrownBy(() -> cache.getOrLoad("k:1", FAILING)).hasMessage("the database is away");
            }
        }
    }

    /** It has not just ended: somebody has said that it is wrong. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void staleWhileRevalidate_doesNotAnswerWithIt(Mode mode) throws Exception {
        try (Application application = inGrace(mode, "nearfar.stale-while-revalidate", "1m")) {
            NearfarCache<String, String> cache = application.cache();
            for (Consumer<NearfarCache<String, String>> way : TWO) {
                cache.put("k:1", "old", red());
                way.accept(cache);
                CompletableFuture<String> load = new CompletableFuture<>();
                CompletableFuture<String> answer =
                        cache.getOrLoadAsync("k:1", () -> load).toCompletableFuture();
                CompletableFuture<String> another =
                        cache.getOrLoadAsync("k:1", () -> load).toCompletableFuture();
                assertThat(answer).isNotDone();
                assertThat(another).isNotDone();
                load.complete("new");
                assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo("new");
                assertThat(another.get(60, TimeUnit.SECONDS)).isEqualTo("new");
            }
        }
    }

    @Test
    void otherNodes_dropTheirCopies_andFallBackToWhatIsKept() throws Exception {
        try (Application here = inGrace(Mode.TIERED);
                Application there = here.another()) {
            NearfarCache<String, String> mine = here.cache();
            NearfarCache<String, String> theirs = there.cache();
            for (Consumer<NearfarCache<String, String>> way : TWO) {
                mine.put("k:1", "old", red());
                await().atMost(SOON).until(() -> "old".equals(theirs.get("k:1")));
                way.accept(mine);
                await().atMost(SOON).until(() -> theirs.get("k:1") == null);
                assertThat(theirs.getOrLoad("k:1", FAILING)).isEqualTo("old");
            }
        }
    }

    /** What a reader sees after it has returned was loaded after it began; what is kept may be older. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void loadsOnTwoNodes_whileATagIsEndedSoftly_areNeverOlderThanIt(Mode mode) throws Exception {
        try (Application one = inGrace(mode);
                Application two = one.another()) {
            NearfarCache<String, Integer> here = one.cache();
            NearfarCache<String, Integer> there = two.cache();
            AtomicInteger truth = new AtomicInteger();
            AtomicInteger going = new AtomicInteger(1);
            List<CompletableFuture<Void>> loaders = List.of(here, there).stream()
                    .map(cache -> CompletableFuture.runAsync(() -> {
                        while (going.get() == 1) {
                            load(cache, truth);
                        }
                    }))
                    .toList();
            for (int round = 0; round < 50; round++) {
                int now = truth.incrementAndGet();
                here.expireTag("red");
                Integer seen = here.get("key");
                assertThat(seen == null || seen >= now)
                        .as("round %d: %s after %d", round, seen, now)
                        .isTrue();
            }
            going.set(0);
            for (CompletableFuture<Void> loader : loaders) {
                loader.get(60, TimeUnit.SECONDS);
            }
        }
    }

    private static void load(NearfarCache<String, Integer> cache, AtomicInteger truth) {
        try {
            cache.getOrLoad("key", context -> {
                context.setOptions(EntryOptions.NONE.withTags("red"));
                return truth.get();
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void namedInvalidation_thatIsSoft_endsSoftlyWhatItNames(Mode mode) throws Exception {
        try (Application application = inGrace(mode)) {
            NearfarCache<String, String> cache = application.cache();
            NearfarManager manager = cache.getCacheManager().unwrap(NearfarManager.class);
            InvalidationDeclaration soft = InvalidationDeclaration.of("soft")
                    .withCaches(cache.getName())
                    .withSoft();
            List<InvalidationDeclaration> all = List.of(
                    soft.withTags("red"), soft.withKeys("k:1"), soft.withPrefixes("k:"), soft.withPatterns("k:?"));
            for (int i = 0; i < all.size(); i++) {
                String name = "soft-" + i;
                InvalidationDeclaration one = all.get(i);
                manager.declare(new InvalidationDeclaration(
                        name,
                        one.parameters(),
                        one.caches(),
                        one.tags(),
                        one.keys(),
                        one.prefixes(),
                        one.patterns(),
                        false,
                        List.of(),
                        true));
                endsAndKeeps(cache, ended -> manager.invalidate(name));
            }
            assertThatThrownBy(() -> manager.declare(InvalidationDeclaration.of("all")
                            .withCaches("*")
                            .withClear()
                            .withSoft()))
                    .hasMessageContaining("soft: a clear leaves nothing that could answer");
        }
    }

    /** In the outage nothing that has ended answers; what was there before it answers afterwards. */
    @Test
    void inAnOutage_isMadeUpForAsWhatItIs() throws Exception {
        try (RealRedis redis = RealRedis.start();
                Application application =
                        inGrace(Mode.TIERED, "nearfar.address", redis.address(), "nearfar.deadline", "250ms")) {
            NearfarCache<String, String> cache = application.cache();
            putFar(cache, "soft", red());
            putFar(cache, "hard", EntryOptions.NONE.withTags("blue", "red"));
            redis.freeze();
            cache.expireTag("red");
            cache.invalidateTag("blue");
            assertThat(cache.get("soft")).isNull();
            redis.thaw();
            await().atMost(SOON)
                    .ignoreExceptions()
                    .untilAsserted(
                            () -> assertThat(cache.getOrLoad("soft", FAILING)).isEqualTo("old"));
            assertThat(cache.get("soft")).isNull();
            assertThatThrownBy(() -> cache.getOrLoad("hard", FAILING)).hasMessage("the database is away");
        }
    }

    /** Not noted for an outage: only the far tier can decide what a processor does. */
    private static void putFar(NearfarCache<String, String> cache, String key, EntryOptions options) {
        await().atMost(SOON)
                .ignoreExceptionsMatching(e ->
                        e instanceof FarTierUnavailableException || e.getCause() instanceof FarTierUnavailableException)
                .until(() -> cache.invoke(key, (entry, arguments) -> {
                    @SuppressWarnings("unchecked")
                    NearfarEntry<String, String> whole = entry.unwrap(NearfarEntry.class);
                    whole.setValue("old", options);
                    return true;
                }));
    }
}
