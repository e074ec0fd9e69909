package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.EntryOptions;
import io.nearfar.InvalidationDeclaration;
import io.nearfar.InvalidationPace;
import io.nearfar.InvalidationReport;
import io.nearfar.NamedInvalidation;
import io.nearfar.NearfarCache;
import io.nearfar.NearfarManager;
import io.nearfar.PatternInvalidation;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import io.nearfar.testing.CapturedLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Invalidations that are declared under a name and fired by it. */
@Timeout(120)
class NamedInvalidationsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private static final String[] USER = {
        "nearfar.invalidation.user.parameters", "id",
        "nearfar.invalidation.user.caches", "people, feed-*",
        "nearfar.invalidation.user.tags", "user:{id}",
        "nearfar.invalidation.user.keys", "{id}",
        "nearfar.invalidation.user.prefixes", "post:{id}:",
        "nearfar.invalidation.user.patterns", "feed:{id}:*"
    };

    private static NearfarManager manager(Application application) {
        return application.manager().unwrap(NearfarManager.class);
    }

    private static <K> NearfarCache<K, String> cache(Application application, String name, Class<K> keys) {
        return application.cache(name, new MutableConfiguration<K, String>().setTypes(keys, String.class));
    }

    private static NearfarCache<String, String> filled(Application application, String name) {
        NearfarCache<String, String> cache = cache(application, name, String.class);
        for (String id : List.of("7", "8")) {
            cache.put(id, "by key");
            cache.put("post:" + id + ":1", "by prefix");
            cache.put("feed:" + id + ":new", "by pattern");
            cache.put("tagged" + id, "by tag", EntryOptions.NONE.withTags("user:" + id));
        }
        return cache;
    }

    private static void assertOnlySevenIsGone(Cache<String, String> cache) {
        for (String key : List.of("", "post:", "feed:", "tagged")) {
            String end = key.equals("post:") ? ":1" : key.equals("feed:") ? ":new" : "";
            assertThat(cache.containsKey(key + "7" + end)).as(key + "7").isFalse();
            assertThat(cache.containsKey(key + "8" + end)).as(key + "8").isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void fired_endsWhatItNames_inTheCachesThatItNames(Mode mode) {
        try (Application one = Application.in(mode, USER)) {
            NearfarCache<String, String> people = filled(one, "people");
            NearfarCache<String, String> feed = filled(one, "feed-new");
            NearfarCache<String, String> other = filled(one, "other");

            InvalidationReport report = manager(one).invalidate("user", 7);

            assertOnlySevenIsGone(people);
            assertOnlySevenIsGone(feed);
            assertThat(other).hasSize(8);
            assertThat(report.name()).isEqualTo("user");
            assertThat(report.missing()).isEmpty();
            assertThat(report.caches()).extracting("cache").containsExactly("feed-new", "people");
            assertThat(report.caches()).allSatisfy(inCache -> {
                assertThat(inCache.open()).isTrue();
                assertThat(inCache.cleared()).isFalse();
                assertThat(inCache.tags()).containsExactly("user:7");
                assertThat(inCache.keys()).containsExactly("7");
                assertThat(inCache.walks())
                        .extracting(PatternInvalidation::pattern)
                        .containsExactly("post:7:*", "feed:7:*");
                assertThat(inCache.removed()).isEqualTo(2);
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void firedTogether_endWhatTheyHaveInCommonOnce(Mode mode) {
        try (Application one = Application.in(mode, USER)) {
            NearfarCache<String, String> people = filled(one, "people");
            NearfarCache<String, String> gone = filled(one, "gone");
            manager(one)
                    .declare(InvalidationDeclaration.of("friend", "of")
                            .withCaches("people")
                            .withTags("user:{of}", "user:8"));
            manager(one)
                    .declare(
                            InvalidationDeclaration.of("all").withCaches("gone").withClear());

            InvalidationReport report = manager(one)
                    .invalidateAll(List.of(
                            new NamedInvalidation("user", Map.of("id", 7)),
                            new NamedInvalidation("friend", Map.of("of", 7)),
                            new NamedInvalidation("all", Map.of()),
                            new NamedInvalidation("user", Map.of("id", List.of(7)))));

            assertThat(report.caches()).extracting("cache").containsExactly("gone", "people");
            assertThat(report.caches().get(1).tags()).containsExactlyInAnyOrder("user:7", "user:8");
            assertThat(report.caches().get(1).walks())
                    .extracting(PatternInvalidation::pattern)
                    .containsExactly("post:7:*", "feed:7:*");
            assertThat(people.containsKey("tagged8")).isFalse();
            assertThat(people.containsKey("feed:8:new")).isTrue();
            assertThat(gone).isEmpty();
            assertThat(manager(one).invalidateAll(List.of()).caches()).isEmpty();
            assertThat(manager(one).declaredInvalidations())
                    .extracting(InvalidationDeclaration::name)
                    .containsExactly("all", "friend", "user");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void fired_isSeenByTheOtherNode(Mode mode) {
        try (Application one = Application.in(mode, USER);
                Application two = one.another()) {
            NearfarCache<String, String> here = filled(one, "people");
            NearfarCache<String, String> there = cache(two, "people", String.class);
            List<String> keys = List.of("7", "post:7:1", "feed:7:new", "tagged7");
            await().atMost(SOON).until(() -> keys.stream().allMatch(key -> there.get(key) != null));

            manager(one).invalidate("user", Map.of("id", 7));

            await().atMost(SOON).until(() -> keys.stream().allMatch(key -> there.get(key) == null));
            assertOnlySevenIsGone(there);
            assertOnlySevenIsGone(here);
        }
    }

    /** Who fires need not use the cache: other nodes do. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void fired_whereTheCacheIsNotOpen_isSeenByTheNodeThatHasIt(Mode mode) {
        try (Application one = Application.in(mode, USER);
                Application two = one.another();
                CapturedLog log = new CapturedLog()) {
            NearfarCache<String, String> there = filled(two, "people");
            await().atMost(SOON).until(() -> there.get("feed:7:new") != null && there.get("tagged7") != null);

            InvalidationReport report = manager(one).invalidate("USER", 7);
            manager(one).invalidate("user", 9);

            await().atMost(SOON)
                    .until(() -> !there.containsKey("7")
                            && !there.containsKey("post:7:1")
                            && !there.containsKey("feed:7:new")
                            && !there.containsKey("tagged7"));
            assertOnlySevenIsGone(there);
            assertThat(report.caches()).hasSize(1).allSatisfy(inCache -> {
                assertThat(inCache.cache()).isEqualTo("people");
                assertThat(inCache.open()).isFalse();
                assertThat(inCache.removed()).isEqualTo(3);
            });
            assertThat(report.missing()).containsExactly("feed-*");
            assertThat(log.lines("NF0520"))
                    .hasSize(1)
                    .allMatch(line -> line.contains("people: the invalidation user(id)"));
            assertThat(one.manager().getCacheNames()).isEmpty();
        }
    }

    /** Also in the far tier there is none, and none is made by that. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void fired_whereThereIsNoCache_isMissing(Mode mode) {
        try (Application one = Application.in(mode, USER)) {
            InvalidationReport report = manager(one).invalidate("user", 7);

            assertThat(report.caches()).isEmpty();
            assertThat(report.missing()).containsExactly("people", "feed-*");
        }
    }

    /** A load holds until it is told to go on. */
    private static final class HeldLoad {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private final CompletableFuture<String> answer;

        HeldLoad(NearfarCache<String, String> cache, String key, EntryOptions options) throws Exception {
            answer = CompletableFuture.supplyAsync(() -> {
                try {
                    return cache.getOrLoad(key, context -> {
                        begun.countDown();
                        goOn.await();
                        context.setOptions(options);
                        return "old";
                    });
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            begun.await();
        }

        String end() throws Exception {
            goOn.countDown();
            return answer.get(60, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void load_thatBeganBefore_doesNotSurviveIt(Mode mode) throws Exception {
        try (Application one = Application.in(mode, USER)) {
            NearfarCache<String, String> people = cache(one, "people", String.class);
            for (String key : List.of("7", "post:7:1", "feed:7:new", "k")) {
                HeldLoad load = new HeldLoad(people, key, EntryOptions.NONE.withTags("user:7"));
                manager(one).invalidate("user", 7);
                assertThat(load.end()).isEqualTo("old");
                assertThat(people.get(key)).as(key).isNull();
                assertThat(people.getOrLoad(key, () -> "new")).isEqualTo("new");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void load_onAnotherNode_thatBeganBefore_doesNotSurviveIt(Mode mode) throws Exception {
        try (Application one = Application.in(mode, USER);
                Application two = one.another()) {
            NearfarCache<String, String> there = cache(two, "people", String.class);
            for (String key : List.of("7", "feed:7:new", "k")) {
                HeldLoad load = new HeldLoad(there, key, EntryOptions.NONE.withTags("user:7"));
                manager(one).invalidate("user", 7);
                assertThat(load.end()).isEqualTo("old");
                assertThat(there.get(key)).as(key).isNull();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void value_withWildcards_isExactlyAValue(Mode mode) {
        try (Application one = Application.in(mode, USER)) {
            NearfarCache<String, String> people = cache(one, "people", String.class);
            List.of("feed:*:1", "feed:a:1", "feed:[a]:1", "feed:{id}:1", "post:?:1", "post:a:1", "*")
                    .forEach(key -> people.put(key, "v"));

            manager(one).invalidate("user", List.of("*", "[a]", "{id}", "?", ""));

            assertThat(people).extracting(Cache.Entry::getKey).containsExactlyInAnyOrder("feed:a:1", "post:a:1");
        }
    }

    /** Keys of a declared type are removed as such, and others by what a person reads in them. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void key_ofAnyType_ends(Mode mode) {
        try (Application one = Application.in(mode)) {
            manager(one)
                    .declare(InvalidationDeclaration.of("user", "id")
                            .withCaches("*")
                            .withKeys("{id}"));
            NearfarCache<Integer, String> numbers = cache(one, "numbers", Integer.class);
            numbers.put(7, "v");
            numbers.put(70, "v");
            NearfarCache<Object, String> any = cache(one, "any", Object.class);
            any.put(7, "v");
            any.put("7", "v");
            any.put(List.of(7, "a"), "v");
            String tooLongForAPattern = "x".repeat(300);
            any.put(tooLongForAPattern, "v");

            InvalidationReport report = manager(one).invalidate("user", 7);
            manager(one).invalidate("user", tooLongForAPattern);
            manager(one).invalidate("user", List.of("none", List.of()));

            assertThat(numbers).extracting(Cache.Entry::getKey).containsExactly(70);
            assertThat(any).extracting(Cache.Entry::getKey).containsExactly(List.of(7, "a"));
            assertThat(report.caches())
                    .extracting(InvalidationReport.InCache::removed)
                    .as("by walks: a string is a string in any cache")
                    .containsExactly(1L, 0L);
        }
    }

    /** Counts what it is told. */
    public static final class Counting implements CacheWriter<String, String> {
        private static final AtomicInteger CALLS = new AtomicInteger();

        @Override
        public void write(Cache.Entry<? extends String, ? extends String> entry) {
            CALLS.incrementAndGet();
        }

        @Override
        public void writeAll(java.util.Collection<Cache.Entry<? extends String, ? extends String>> entries) {
            CALLS.addAndGet(entries.size());
        }

        @Override
        public void delete(Object key) {
            CALLS.incrementAndGet();
        }

        @Override
        public void deleteAll(java.util.Collection<?> keys) {
            CALLS.addAndGet(keys.size());
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void fired_callsNoWriterAndNoListener(Mode mode) {
        try (Application one = Application.in(mode, USER)) {
            NearfarCache<String, String> people = one.cache(
                    "people",
                    new MutableConfiguration<String, String>()
                            .setTypes(String.class, String.class)
                            .setWriteThrough(true)
                            .setCacheWriterFactory(Counting::new));
            people.put("7", "v");
            RecordingListener listener = new RecordingListener();
            people.registerCacheEntryListener(listener.configured(true, true));
            int calls = Counting.CALLS.get();

            manager(one).invalidate("user", 7);

            assertThat(people.containsKey("7")).isFalse();
            assertThat(Counting.CALLS).hasValue(calls);
            assertThat(listener.told).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void clear_endsAll(Mode mode) {
        try (Application one = Application.in(mode)) {
            manager(one)
                    .declare(InvalidationDeclaration.of("all")
                            .withCaches("people")
                            .withClear());
            NearfarCache<String, String> people = filled(one, "people");

            InvalidationReport report = manager(one).invalidate("all");

            assertThat(people).isEmpty();
            assertThat(report.caches()).allMatch(InvalidationReport.InCache::cleared);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void inTheBackground_theWalksAreHandedOut(Mode mode) throws Exception {
        try (Application one = Application.in(mode, USER)) {
            NearfarCache<String, String> people = filled(one, "people");

            InvalidationReport report = manager(one)
                    .startInvalidating(
                            new NamedInvalidation("user", Map.of("id", 7)), InvalidationPace.DEFAULT.withPageSize(10));

            assertThat(people.containsKey("7")).isFalse();
            assertThat(people.containsKey("tagged7")).isFalse();
            for (PatternInvalidation walk : report.caches().get(0).walks()) {
                assertThat(walk.done().toCompletableFuture().get(60, TimeUnit.SECONDS))
                        .isEqualTo(1);
            }
            assertOnlySevenIsGone(people);
            assertThat(report.caches().get(0).removed()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void inTheBackground_whereTheCacheIsNotOpen_theWalksAreHandedOut(Mode mode) throws Exception {
        try (Application one = Application.in(mode, USER);
                Application two = one.another()) {
            NearfarCache<String, String> there = filled(two, "people");

            InvalidationReport report = manager(one)
                    .startInvalidating(
                            new NamedInvalidation("user", Map.of("id", List.of(7))), InvalidationPace.DEFAULT);
            for (PatternInvalidation walk : report.caches().get(0).walks()) {
                assertThat(walk.done().toCompletableFuture().get(60, TimeUnit.SECONDS))
                        .isEqualTo(1);
            }

            await().atMost(SOON).untilAsserted(() -> assertOnlySevenIsGone(there));
        }
    }

    @Test
    void declared_bySettings_countsBeforeCode() {
        try (Application one = Application.in(Mode.NEAR, USER)) {
            NearfarManager manager = manager(one);
            InvalidationDeclaration inCode =
                    InvalidationDeclaration.of("User", "name").withCaches("c").withTags("{name}");

            assertThat(manager.declare(inCode)).isFalse();
            InvalidationDeclaration known = manager.declaredInvalidation("USER");
            assertThat(known)
                    .isNotNull()
                    .extracting(InvalidationDeclaration::signature)
                    .isEqualTo("user(id)");
            assertThat(manager.declare(known)).isTrue();
        }
    }

    @Test
    void declared_twice_isRefusedUnlessItIsTheSame() {
        try (Application one = Application.in(Mode.NEAR)) {
            NearfarManager manager = manager(one);
            InvalidationDeclaration all =
                    InvalidationDeclaration.of("all").withCaches("c").withClear();

            assertThat(manager.declaredInvalidation("all")).isNull();
            assertThat(manager.declare(all)).isTrue();
            assertThat(manager.declare(all)).isTrue();
            assertThat(manager.declaredInvalidation("all")).isEqualTo(all);
            assertThatThrownBy(() -> manager.declare(all.withCaches("d")))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("The invalidation all() is declared already, otherwise")
                    .hasMessageContaining("give one of them another name");
            assertThatThrownBy(() -> manager.declare(InvalidationDeclaration.of("none")))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("names no caches");
        }
    }

    @Test
    void fired_wrongly_isRefusedAndDoesNothing() {
        try (Application one = Application.in(Mode.NEAR, USER)) {
            NearfarManager manager = manager(one);
            NearfarCache<String, String> people = filled(one, "people");

            assertThatThrownBy(() -> manager.invalidate("usr", 7))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("There is no invalidation usr. Declared are user(id); declare it");
            assertThatThrownBy(() -> manager.invalidate("user"))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("The invalidation user(id) is given 0 arguments");
            assertThatThrownBy(() -> manager.invalidate("user", Map.of("ids", 7)))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is given no id");
            assertThatThrownBy(() -> manager.invalidate((NamedInvalidation) null))
                    .isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> manager.declare(null)).isInstanceOf(NullPointerException.class);
            assertThat(people).hasSize(8);
            one.manager().close();
            assertThatThrownBy(() -> manager.invalidate("user", 7)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void settings_thatAreWrong_failTheManager() {
        assertThatThrownBy(() -> Application.in(Mode.NEAR, "nearfar.invalidation.user.caches", "people"))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("the invalidation ends nothing in them");
    }
}
