package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.AsyncNearfarCache;
import io.nearfar.EntryOptions;
import io.nearfar.NearfarCache;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import io.nearfar.testing.CapturedLog;
import io.nearfar.testing.RealRedis;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the log tells of operations where the logger of a cache is at DEBUG; each test has a cache of its own name. */
@Timeout(120)
class OperationsInTheLogTest {
    private static final String LEVEL = "org.slf4j.simpleLogger.log.io.nearfar.operations.cache.";
    private static final Duration SOON = Duration.ofSeconds(60);

    private final CapturedLog captured = new CapturedLog();

    @AfterEach
    void end() {
        captured.close();
    }

    /** The logger of a name has the level that is set when it is made. */
    private static NearfarCache<String, String> cache(Application application, String name) {
        System.setProperty(LEVEL + name, "debug");
        try {
            return application.cache(name, new MutableConfiguration<>());
        } finally {
            System.clearProperty(LEVEL + name);
        }
    }

    /** Returns what was told of a cache, without its name and the time. */
    private List<String> told(String name) {
        return captured.lines(" " + name + ": ").stream()
                .map(line -> line.replaceFirst("^.* " + name + ": ", ""))
                .map(line -> line.replaceFirst(" in [0-9]+\\.[0-9]{3} ms$", ""))
                .toList();
    }

    private static Application showingKeys(Mode mode) {
        return Application.in(mode, "nearfar.log.keys", "true");
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void changes_areTold_withWhatTheyCameTo(Mode mode) {
        String name = "logged-changes-" + mode;
        try (Application application = showingKeys(mode)) {
            NearfarCache<String, String> cache = cache(application, name);
            cache.put("a", "1");
            cache.put("a", "2", EntryOptions.NONE.withTags(Set.of("t")));
            cache.getAndPut("a", "3");
            cache.putIfAbsent("a", "4");
            cache.putIfAbsent("b", "1");
            cache.replace("a", "none", "5");
            cache.replace("a", "3", "5");
            cache.getAndReplace("none", "6");
            cache.containsKey("none");
            cache.invoke("a", (entry, arguments) -> entry.getValue());
            cache.invoke("a", (entry, arguments) -> {
                entry.remove();
                return null;
            });
            cache.remove("a");
            cache.remove("b", "none");
            cache.getAndRemove("b");
            cache.putAll(Map.of("c", "1", "d", "2"));
            cache.removeAll(Set.of("c", "none"));
            cache.removeAll();
        }
        assertThat(told(name))
                .containsExactly(
                        "put a: stored",
                        "put a: stored",
                        "getAndPut a: stored",
                        "putIfAbsent a: refused",
                        "putIfAbsent b: stored",
                        "replace a: refused",
                        "replace a: stored",
                        "getAndReplace none: refused",
                        "containsKey none: not there",
                        "invoke a: nothing changed",
                        "invoke a: removed",
                        "remove a: nothing there",
                        "remove b: refused",
                        "getAndRemove b: removed",
                        "putAll 2 keys: 2 stored",
                        "removeAll 2 keys: 1 removed",
                        "removeAll all keys: cleared");
    }

    @Test
    void reads_inModeNear_areTold() throws Exception {
        String name = "logged-reads";
        try (Application application = showingKeys(Mode.NEAR)) {
            NearfarCache<String, String> cache = cache(application, name);
            cache.get("a");
            cache.put("a", "1");
            cache.get("a");
            cache.put("b", "1");
            cache.getAll(Set.of("a", "b", "c"));
            cache.getOrLoad("d", context -> "loaded");
            cache.getOrLoad("d", context -> "loaded");
            cache.getOrLoad("e", context -> null);
            assertThatThrownBy(() -> cache.getOrLoad("f", context -> {
                        throw new CacheException("no");
                    }))
                    .hasMessage("no");
        }
        assertThat(told(name))
                .containsExactly(
                        "get a: miss",
                        "put a: stored",
                        "get a: near hit",
                        "put b: stored",
                        "getAll 3 keys: 2 near, 0 far, 0 loaded, 1 missing",
                        "load d: loaded",
                        "getOrLoad d: loaded",
                        "getOrLoad d: near hit",
                        "load e: nothing",
                        "getOrLoad e: miss",
                        "load f: failed (CacheException)",
                        "getOrLoad f: failed (CacheException)");
    }

    @Test
    void reads_tellWhichTierHasAnswered() {
        String name = "logged-tiers";
        try (Application application = showingKeys(Mode.TIERED);
                Application other = application.another()) {
            NearfarCache<String, String> elsewhere = cache(other, name);
            elsewhere.put("a", "1");
            elsewhere.put("b", "1");
            NearfarCache<String, String> cache = cache(application, name);
            cache.get("a");
            assertThat(told(name)).last().isEqualTo("get a: far hit");
            await().atMost(SOON).until(() -> {
                cache.get("a");
                return told(name).contains("get a: near hit");
            });
            cache.getAll(Set.of("a", "b", "c"));
            assertThat(told(name))
                    .last()
                    .asString()
                    .matches("getAll 3 keys: (1 near, 1 far|0 near, 2 far), 0 loaded, 1 missing");
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void invalidations_areTold(Mode mode) {
        String name = "logged-endings-" + mode;
        try (Application application = showingKeys(mode)) {
            NearfarCache<String, String> cache = cache(application, name);
            cache.put("user:1", "1");
            cache.put("user:2", "2");
            cache.invalidateTags(Set.of("t"));
            cache.expireTag("t");
            cache.invalidatePattern("*:1");
            cache.expirePrefix("user:");
            cache.expire("user:9");
            cache.clear();
        }
        Stream<String> ends = told(name).stream().filter(line -> !line.startsWith("put"));
        assertThat(ends)
                .containsExactly(
                        "invalidateTags t: ended",
                        "expireTags t: ended",
                        "invalidatePattern *:1: 1 ended",
                        "expirePattern user:*: 1 ended",
                        "expire user:9: nothing there",
                        "clear all keys: cleared");
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void asynchronousOperations_areToldOnce(Mode mode) {
        String name = "logged-stages-" + mode;
        try (Application application = showingKeys(mode)) {
            NearfarCache<String, String> cache = cache(application, name);
            AsyncNearfarCache<String, String> async = cache.async();
            async.get("a").toCompletableFuture().join();
            async.put("a", "1").toCompletableFuture().join();
            async.get("a").toCompletableFuture().join();
            async.remove("a").toCompletableFuture().join();
            async.putIfAbsent("a", "1").toCompletableFuture().join();
            async.putIfAbsent("a", "2").toCompletableFuture().join();
            async.getOrLoad("b", () -> CompletableFuture.completedStage("loaded"))
                    .toCompletableFuture()
                    .join();
        }
        assertThat(told(name).stream().map(line -> line.replaceFirst("near hit|far hit", "hit")))
                .contains("get a: miss", "put a: stored", "get a: hit", "remove a: removed", "load b: loaded")
                .filteredOn(line -> line.startsWith("putIfAbsent"))
                .hasSize(2);
        assertThat(told(name)).filteredOn(line -> line.startsWith("put a")).hasSize(1);
        assertThat(told(name)).filteredOn(line -> line.startsWith("getOrLoad")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void operationsThatFail_areToldAsFailures_eachOnce_alsoAsynchronously(Mode mode) {
        String name = "logged-failures-" + mode;
        try (RealRedis redis = RealRedis.start();
                Application application = Application.in(
                        mode,
                        "nearfar.address",
                        redis.address(),
                        "nearfar.outage",
                        "closed",
                        "nearfar.log.keys",
                        "true")) {
            NearfarCache<String, String> cache = cache(application, name);
            AsyncNearfarCache<String, String> async = cache.async();
            redis.kill();
            List<Runnable> operations = List.of(
                    () -> cache.get("a"),
                    () -> cache.getAll(Set.of("a", "b")),
                    () -> cache.containsKey("a"),
                    () -> joined(async.get("b")),
                    () -> joined(async.getAll(Set.of("c", "d"))),
                    () -> joined(async.containsKey("b")),
                    () -> joined(async.getOrLoad("e", () -> CompletableFuture.completedStage("v"))),
                    () -> joined(async.put("b", "v")),
                    () -> joined(async.getAndPut("b", "v")),
                    () -> joined(async.putIfAbsent("b", "v")),
                    () -> joined(async.replace("b", "v", "w")),
                    () -> joined(async.remove("b")),
                    () -> joined(async.expire("b")));
            operations.forEach(operation -> assertThatThrownBy(operation::run).isNotNull());
        }
        assertThat(told(name).stream()
                        .map(line -> line.replaceFirst("failed \\([A-Za-z]+\\)(, in an outage)?", "failed")))
                .containsExactlyInAnyOrder(
                        "get a: failed",
                        "getAll 2 keys: failed",
                        "containsKey a: failed",
                        "get b: failed",
                        "get c: failed",
                        "get d: failed",
                        "containsKey b: failed",
                        "getOrLoad e: failed",
                        "put b: failed",
                        "getAndPut b: failed",
                        "putIfAbsent b: failed",
                        "replace b: failed",
                        "remove b: failed",
                        "expire b: failed");
    }

    private static void joined(CompletionStage<?> stage) {
        stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void asynchronousExpireAndContainsKey_areToldOnce(Mode mode) {
        String name = "logged-looks-" + mode;
        try (Application application = showingKeys(mode)) {
            NearfarCache<String, String> cache = cache(application, name);
            AsyncNearfarCache<String, String> async = cache.async();
            cache.put("a", "1");
            joined(async.containsKey("a"));
            joined(async.expire("a"));
            joined(async.expire("a"));
            joined(async.containsKey("a"));
        }
        assertThat(told(name))
                .containsExactly(
                        "put a: stored",
                        "containsKey a: there",
                        "expire a: ended",
                        "expire a: nothing there",
                        "containsKey a: not there");
    }

    @Test
    void keys_areHashes_unlessTheSettingShowsThem() {
        String name = "logged-hashes";
        try (Application application = Application.in(Mode.NEAR)) {
            NearfarCache<String, String> cache = cache(application, name);
            cache.put("ann@example.org", "1");
            cache.get("ann@example.org");
            cache.invalidateTag("ann@example.org");
        }
        assertThat(captured.lines("ann@")).isEmpty();
        assertThat(told(name)).hasSize(3).allMatch(line -> line.matches("[A-Za-z]+ [0-9a-f]{8}: .*"));
        assertThat(told(name).stream().map(line -> line.split("[ :]")[1]).distinct())
                .hasSize(1);
    }

    @Test
    void othersAreSilent() {
        try (Application application = Application.in(Mode.NEAR)) {
            NearfarCache<String, String> cache = application.cache("logged-not", new MutableConfiguration<>());
            cache.put("a", "1");
            cache.get("a");
            assertThat(cache.figures().puts()).isOne();
        }
        assertThat(told("logged-not")).isEmpty();
    }
}
