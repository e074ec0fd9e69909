package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.AsyncNearfarCache;
import io.nearfar.CacheFigures;
import io.nearfar.EntryOptions;
import io.nearfar.FarTierUnavailableException;
import io.nearfar.NearfarCache;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import io.nearfar.testing.RealRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Operations that answer with stages are those of the cache, and no thread waits for them. */
@Timeout(120)
class AsyncViewTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int PENDING = 2_000;

    /** One operation in both forms. */
    private record Operation(
            String name,
            Function<NearfarCache<String, String>, Object> sync,
            Function<AsyncNearfarCache<String, String>, CompletionStage<?>> async) {}

    private static Object done(Runnable operation) {
        operation.run();
        return "done";
    }

    /** What comes of them depends on those before. */
    private static List<Operation> operations() {
        List<Operation> all = new ArrayList<>();
        all.add(new Operation("miss", cache -> cache.get("a"), async -> async.get("a")));
        all.add(new Operation("put", cache -> done(() -> cache.put("a", "1")), async -> async.put("a", "1")));
        all.add(new Operation("get", cache -> cache.get("a"), async -> async.get("a")));
        all.add(new Operation("contains", cache -> cache.containsKey("a"), async -> async.containsKey("a")));
        all.add(new Operation("contains not", cache -> cache.containsKey("b"), async -> async.containsKey("b")));
        all.add(new Operation("getAndPut", cache -> cache.getAndPut("a", "2"), async -> async.getAndPut("a", "2")));
        all.add(new Operation("getAndPut new", cache -> cache.getAndPut("b", "1"), async -> async.getAndPut("b", "1")));
        all.add(new Operation(
                "putIfAbsent not", cache -> cache.putIfAbsent("a", "9"), async -> async.putIfAbsent("a", "9")));
        all.add(new Operation(
                "putIfAbsent", cache -> cache.putIfAbsent("c", "3"), async -> async.putIfAbsent("c", "3")));
        all.add(new Operation("replace", cache -> cache.replace("c", "4"), async -> async.replace("c", "4")));
        all.add(new Operation("replace nothing", cache -> cache.replace("d", "4"), async -> async.replace("d", "4")));
        all.add(new Operation(
                "replace another", cache -> cache.replace("c", "3", "5"), async -> async.replace("c", "3", "5")));
        all.add(new Operation(
                "replace that", cache -> cache.replace("c", "4", "5"), async -> async.replace("c", "4", "5")));
        all.add(new Operation(
                "replace that is not there",
                cache -> cache.replace("d", "4", "5"),
                async -> async.replace("d", "4", "5")));
        all.add(new Operation(
                "getAndReplace", cache -> cache.getAndReplace("c", "6"), async -> async.getAndReplace("c", "6")));
        all.add(new Operation(
                "getAndReplace nothing",
                cache -> cache.getAndReplace("d", "6"),
                async -> async.getAndReplace("d", "6")));
        all.add(new Operation(
                "putAll",
                cache -> done(() -> cache.putAll(Map.of("d", "1", "e", "2"))),
                async -> async.putAll(Map.of("d", "1", "e", "2"))));
        all.add(new Operation(
                "getAll",
                cache -> cache.getAll(Set.of("a", "d", "none")),
                async -> async.getAll(Set.of("a", "d", "none"))));
        all.add(new Operation("remove another", cache -> cache.remove("d", "9"), async -> async.remove("d", "9")));
        all.add(new Operation("remove that", cache -> cache.remove("d", "1"), async -> async.remove("d", "1")));
        all.add(new Operation("remove", cache -> cache.remove("e"), async -> async.remove("e")));
        all.add(new Operation("remove nothing", cache -> cache.remove("e"), async -> async.remove("e")));
        all.add(new Operation("getAndRemove", cache -> cache.getAndRemove("c"), async -> async.getAndRemove("c")));
        all.add(new Operation(
                "getAndRemove nothing", cache -> cache.getAndRemove("c"), async -> async.getAndRemove("c")));
        all.addAll(furtherOperations());
        return all;
    }

    private static List<Operation> loads() {
        List<Operation> all = new ArrayList<>();
        all.add(new Operation(
                "getOrLoad",
                cache -> joined(cache.getOrLoadAsync("l", () -> CompletableFuture.completedStage("loaded"))),
                async -> async.getOrLoad("l", () -> CompletableFuture.completedStage("loaded"))));
        all.add(new Operation(
                "getOrLoad known",
                cache -> joined(cache.getOrLoadAsync("l", () -> CompletableFuture.completedStage("again"))),
                async -> async.getOrLoad("l", () -> CompletableFuture.completedStage("again"))));
        all.add(new Operation(
                "getOrLoad that fails",
                cache -> joined(cache.getOrLoadAsync("m", () -> failed())),
                async -> async.getOrLoad("m", () -> failed())));
        all.add(new Operation(
                "getOrLoad that fails, with a fallback",
                cache -> cache.getOrLoad(
                        "m",
                        () -> {
                            throw new IllegalStateException("no");
                        },
                        failure -> "fallback " + failure.getClass().getSimpleName()),
                async -> async.getOrLoad(
                        "m",
                        () -> CompletableFuture.failedStage(new IllegalStateException("no")),
                        failure -> "fallback " + failure.getClass().getSimpleName())));
        all.add(new Operation(
                "getOrDefault of nothing",
                cache -> cache.getOrDefault("m", "otherwise"),
                async -> async.getOrDefault("m", "otherwise")));
        all.add(new Operation(
                "getOrDefault", cache -> cache.getOrDefault("l", "x"), async -> async.getOrDefault("l", "x")));
        all.add(new Operation(
                "reload",
                cache -> joined(cache.reloadAsync("l", () -> CompletableFuture.completedStage("new"))),
                async -> async.reload("l", () -> CompletableFuture.completedStage("new"))));
        all.add(new Operation("get loaded", cache -> cache.get("l"), async -> async.get("l")));
        return all;
    }

    private static List<Operation> furtherOperations() {
        EntryOptions tagged = EntryOptions.NONE.withTags("big");
        List<Operation> all = new ArrayList<>(loads());
        all.add(new Operation(
                "invoke",
                cache -> cache.invoke("a", (entry, given) -> entry.getValue() + given[0], "!"),
                async -> async.invoke("a", (entry, given) -> entry.getValue() + given[0], "!")));
        all.add(new Operation(
                "put with a tag",
                cache -> done(() -> cache.put("t", "x", tagged)),
                async -> async.put("t", "x", tagged)));
        all.add(new Operation(
                "invalidateTag", cache -> done(() -> cache.invalidateTag("big")), async -> async.invalidateTag("big")));
        all.add(new Operation("get invalidated", cache -> cache.get("t"), async -> async.get("t")));
        all.add(new Operation(
                "invalidatePattern", cache -> cache.invalidatePattern("l*"), async -> async.invalidatePattern("l*")));
        all.add(new Operation(
                "invalidatePrefix", cache -> cache.invalidatePrefix("zz"), async -> async.invalidatePrefix("zz")));
        all.add(new Operation("get null", cache -> cache.get(null), async -> async.get(null)));
        all.add(new Operation("put null", cache -> done(() -> cache.put("a", null)), async -> async.put("a", null)));
        all.add(new Operation(
                "removeAll",
                cache -> done(() -> cache.removeAll(Set.of("a", "n"))),
                async -> async.removeAll(Set.of("a", "n"))));
        all.add(new Operation("clear", cache -> done(cache::clear), AsyncNearfarCache::clear));
        all.add(new Operation("get cleared", cache -> cache.get("b"), async -> async.get("b")));
        return all;
    }

    private static CompletionStage<String> failed() {
        return CompletableFuture.failedStage(new IllegalStateException("no answer"));
    }

    private static Object joined(CompletionStage<?> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Returns what an operation came to, as text. */
    private static String outcome(
            Function<NearfarCache<String, String>, Object> operation, NearfarCache<String, String> in) {
        try {
            Object answer = operation.apply(in);
            return answer == null || answer.equals("done") ? "nothing" : answer.toString();
        } catch (RuntimeException e) {
            return e.getClass().getName();
        }
    }

    private static void assertSame(NearfarCache<String, String> one, NearfarCache<String, String> other) {
        for (Operation operation : operations()) {
            String expected = outcome(operation.sync(), one);
            String got = outcome(cache -> joined(operation.async().apply(cache.async())), other);
            assertThat(got).as(operation.name()).isEqualTo(expected);
        }
        assertThat(counts(other.figures())).isEqualTo(counts(one.figures()));
    }

    private static List<Long> counts(CacheFigures figures) {
        return List.of(
                figures.nearHits() + figures.farHits(),
                figures.misses(),
                figures.loads(),
                figures.puts(),
                figures.removals());
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void operations_answerLikeThoseOfTheCache(Mode mode) {
        try (Application application = Application.in(mode)) {
            assertSame(
                    application.cache("cities", new MutableConfiguration<>()),
                    application.cache("towns", new MutableConfiguration<>()));
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void operations_whereTheApplicationTakesPart_answerLikeThoseOfTheCache(Mode mode) {
        RecordingListener one = new RecordingListener();
        RecordingListener other = new RecordingListener();
        try (Application application = Application.in(mode)) {
            assertSame(application.cache("cities", takingPart(one)), application.cache("towns", takingPart(other)));
            assertThat(other.told)
                    .as("each of many keys by itself")
                    .isNotEmpty()
                    .containsExactlyInAnyOrderElementsOf(one.told);
            assertThat(other.threads)
                    .extracting(Thread::getName)
                    .allMatch(name -> name.startsWith("nearfar-cache-towns"));
        }
    }

    private static MutableConfiguration<String, String> takingPart(RecordingListener listener) {
        return ReadingThrough.calling(() -> "read through")
                .addCacheEntryListenerConfiguration(listener.configured(true, true));
    }

    @Test
    void arguments_andAClosedCache_comeOutOfTheStage() {
        try (Application application = Application.in(Mode.NEAR)) {
            NearfarCache<String, String> cache = application.cache();
            AsyncNearfarCache<String, String> async = cache.async();
            assertThat(async.sync()).isSameAs(cache);
            assertThat(failure(async.get(null))).isInstanceOf(NullPointerException.class);
            cache.close();
            assertThat(failure(async.get("k"))).isInstanceOf(IllegalStateException.class);
        }
    }

    /** Returns what a stage itself is completed with. */
    private static Throwable failure(CompletionStage<?> stage) {
        return stage.handle((value, failure) -> failure).toCompletableFuture().join();
    }

    @Test
    void nearHit_isCompleteAtOnce_andOtherAnswersComeByAThreadOfTheCache() {
        try (Application application = Application.in(Mode.NEAR)) {
            NearfarCache<String, String> cache = application.cache();
            cache.put("k", "v");
            assertThat(cache.async().get("k").toCompletableFuture()).isCompletedWithValue("v");
        }
        try (RealRedis redis = RealRedis.start();
                Application application = slow(redis, Mode.FAR)) {
            NearfarCache<String, String> cache = application.cache();
            cache.put("k", "v");
            redis.freeze();
            CompletionStage<String> thread = cache.async()
                    .get("k")
                    .thenApply(value -> Thread.currentThread().getName());
            redis.thaw();
            assertThat(joined(thread).toString()).startsWith("nearfar-cache-cities");
        }
    }

    private static Application slow(RealRedis redis, Mode mode) {
        return Application.in(
                mode,
                "nearfar.address",
                "redis://" + redis.host(),
                "nearfar.deadline",
                "30s",
                "nearfar.load-lease",
                "5m");
    }

    /** The server stands still: no answer comes, and nothing waits for them but a timer. */
    @Test
    void pendingCalls_byTheThousand_haveNoThreads() throws Exception {
        try (RealRedis redis = RealRedis.start();
                Application application = slow(redis, Mode.TIERED)) {
            NearfarCache<Integer, String> cache = application.cache();
            for (int i = 0; i < 10; i++) {
                cache.put(i, "v" + i);
            }
            cache.async().get(-1).toCompletableFuture().get(60, TimeUnit.SECONDS);
            int before = Thread.getAllStackTraces().size();
            redis.freeze();
            List<CompletableFuture<?>> pending = new ArrayList<>();
            for (int i = 10; i < PENDING; i++) {
                pending.add(cache.async().get(i).toCompletableFuture());
                pending.add(cache.async().put(-i, "w" + i).toCompletableFuture());
                pending.add(cache.async().putIfAbsent(-PENDING - i, "x" + i).toCompletableFuture());
            }
            int after = Thread.getAllStackTraces().size();
            long waiting = threadsThatWait();
            long undone = pending.stream().filter(stage -> !stage.isDone()).count();
            redis.thaw();
            assertThat(undone).isEqualTo(pending.size());
            assertThat(waiting).as("threads that wait for an answer").isZero();
            assertThat(after - before).as("threads more than before").isLessThan(20);
            CompletableFuture.allOf(pending.toArray(new CompletableFuture<?>[0]))
                    .get(60, TimeUnit.SECONDS);
            assertThat(cache.get(-10)).isEqualTo("w10");
            assertThat(cache.get(-PENDING - 10)).isEqualTo("x10");
        }
    }

    /** Of those that serve callers; a beat has one of its own. */
    private static long threadsThatWait() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(each -> each.getKey().getName().matches("nearfar-(waiter|answers|cache).*"))
                .filter(each -> Arrays.stream(each.getValue())
                        .anyMatch(frame -> frame.getClassName().startsWith("io.nearfar.far.Waiting")))
                .count();
    }

    /** The eight threads of the cache wait for one key, which the first of them holds and a read loads. */
    @Test
    @Timeout(60)
    void readThatLoads_behindProcessorsOfTheSameKey_keepsNobodyWaiting() throws Exception {
        CompletableFuture<Void> held = new CompletableFuture<>();
        try (Application application = Application.in(Mode.TIERED, "nearfar.load-lease", "5m")) {
            NearfarCache<String, String> cache = application.cache(ReadingThrough.calling(() -> "read through"));
            List<CompletableFuture<?>> all = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                all.add(cache.async()
                        .invoke("other" + i, (entry, given) -> held.join())
                        .toCompletableFuture());
            }
            all.add(cache.async().get("k").toCompletableFuture());
            for (int i = 0; i < 16; i++) {
                all.add(cache.async()
                        .invoke("k", (entry, given) -> entry.getValue())
                        .toCompletableFuture());
            }
            held.complete(null);
            CompletableFuture.allOf(all.toArray(new CompletableFuture<?>[0])).get(50, TimeUnit.SECONDS);
            assertThat((Object) all.get(7).join()).isEqualTo("read through");
        }
    }

    /** All threads of the cache that may wait do so, for the application. */
    @Test
    @Timeout(60)
    void answers_doNotWaitBehindLoadsOfOthers() throws Exception {
        CompletableFuture<Void> held = new CompletableFuture<>();
        try (Application application = Application.in(Mode.FAR, "nearfar.load-lease", "5m")) {
            NearfarCache<String, String> cache = application.cache(ReadingThrough.calling(() -> {
                held.join();
                return "loaded";
            }));
            List<CompletableFuture<?>> loads = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                loads.add(cache.async().get("k" + i).toCompletableFuture());
            }
            cache.async().put("p", "v").toCompletableFuture().get(50, TimeUnit.SECONDS);
            assertThat(cache.async().get("p").toCompletableFuture().get(50, TimeUnit.SECONDS))
                    .isEqualTo("v");
            assertThat(loads).noneMatch(CompletableFuture::isDone);
            held.complete(null);
            CompletableFuture.allOf(loads.toArray(new CompletableFuture<?>[0])).get(50, TimeUnit.SECONDS);
        }
    }

    @Test
    void changesByComparison_besideEachOther_areEachMadeOnce() {
        try (Application application = Application.in(Mode.TIERED)) {
            NearfarCache<String, Integer> cache = application.cache();
            cache.put("n", 0);
            List<CompletableFuture<Void>> counters = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                counters.add(added(cache.async(), 20).toCompletableFuture());
            }
            CompletableFuture.allOf(counters.toArray(new CompletableFuture<?>[0]))
                    .join();
            assertThat(cache.get("n")).isEqualTo(120);
        }
    }

    private static CompletionStage<Void> added(AsyncNearfarCache<String, Integer> cache, int times) {
        if (times == 0) {
            return CompletableFuture.completedStage(null);
        }
        return cache.get("n")
                .thenCompose(known -> cache.replace("n", known, known + 1))
                .thenCompose(won -> added(cache, won ? times - 1 : times));
    }

    @Test
    void keysAndValues_mayBeChangedOnceTheCallHasReturned() {
        try (Application application = Application.in(Mode.FAR)) {
            NearfarCache<ArrayList<String>, ArrayList<String>> cache = application.cache();
            ArrayList<String> key = new ArrayList<>(List.of("k"));
            ArrayList<String> value = new ArrayList<>(List.of("v"));
            CompletionStage<Void> put = cache.async().put(key, value);
            key.add("more");
            value.add("more");
            joined(put);
            assertThat(cache.get(new ArrayList<>(List.of("k")))).containsExactly("v");
        }
    }

    @Test
    void largeValues_areWrittenAndRead() {
        byte[] large = new byte[3 << 20];
        Arrays.fill(large, (byte) 7);
        try (Application application = Application.in(Mode.FAR)) {
            NearfarCache<String, byte[]> cache = application.cache();
            joined(cache.async().put("k", large));
            assertThat((byte[]) joined(cache.async().get("k"))).isEqualTo(large);
            assertThat((byte[]) joined(cache.async().getAndPut("k", new byte[] {1})))
                    .isEqualTo(large);
            assertThat((byte[]) joined(cache.async().get("k"))).containsExactly(1);
        }
    }

    @Test
    void outage_isAnsweredByThePolicy_andMadeUpForAfterwards() {
        try (RealRedis redis = RealRedis.start();
                Application application = Application.in(
                        Mode.TIERED, "nearfar.address", "redis://" + redis.host(), "nearfar.deadline", "250ms")) {
            NearfarCache<String, String> cache = application.cache();
            AsyncNearfarCache<String, String> async = cache.async();
            redis.kill();
            assertThat(failure(async.putIfAbsent("k", "1"))).isInstanceOf(FarTierUnavailableException.class);
            joined(async.put("k", "2"));
            assertThat(joined(async.get("k"))).isEqualTo("2");
            assertThat(joined(async.getAll(Set.of("k", "none")))).isEqualTo(Map.of("k", "2"));
            assertThat(failure(async.getAndRemove("k"))).isInstanceOf(FarTierUnavailableException.class);
            AtomicInteger loads = new AtomicInteger();
            assertThat(joined(async.getOrLoad("l", () -> {
                        loads.incrementAndGet();
                        return CompletableFuture.completedStage("loaded");
                    })))
                    .isEqualTo("loaded");
            assertThat(loads).hasValue(1);
            redis.restart();
            await().atMost(SOON)
                    .until(() -> "2".equals(outcome(all -> joined(all.async().getAndPut("k", "2")), cache)));
        }
    }

    @Test
    void failuresOfManyKeys_areThoseOfOne() {
        try (RealRedis redis = RealRedis.start();
                Application application = Application.in(
                        Mode.FAR, "nearfar.address", "redis://" + redis.host(), "nearfar.outage", "closed")) {
            AsyncNearfarCache<String, String> async =
                    application.<String, String>cache().async();
            joined(async.put("k", "v"));
            redis.kill();
            assertThat(failure(async.put("k", "1"))).isInstanceOf(FarTierUnavailableException.class);
            assertThat(failure(async.putAll(Map.of("k", "1")))).isInstanceOf(FarTierUnavailableException.class);
            assertThat(failure(async.getAll(Set.of("k")))).isInstanceOf(FarTierUnavailableException.class);
            assertThat(failure(async.removeAll(Set.of("k")))).isInstanceOf(FarTierUnavailableException.class);
        }
    }

    @Test
    void writer_isCalledByAThreadOfTheCache_andItsFailureComesOutOfTheStage() {
        Map<String, String> written = new HashMap<>();
        MutableConfiguration<String, String> configuration = new MutableConfiguration<String, String>()
                .setWriteThrough(true)
                .setCacheWriterFactory(() -> new WritingInItsThreads(written));
        try (Application application = Application.in(Mode.TIERED)) {
            NearfarCache<String, String> cache = application.cache(configuration);
            joined(cache.async().put("k", "v"));
            assertThat(written).containsEntry("k", "v");
            assertThat(failure(cache.async().put("refused", "v")))
                    .isInstanceOf(javax.cache.integration.CacheWriterException.class);
            assertThat(cache.get("refused")).isNull();
        }
    }
}
