package io.nearfar.jcache;

import static io.nearfar.jcache.EndedEntries.end;
import static io.nearfar.jcache.EndedEntries.isThere;
import static io.nearfar.jcache.EndedEntries.life;
import static io.nearfar.jcache.EndedEntries.name;
import static io.nearfar.jcache.RemoteEars.awaitHeard;
import static io.nearfar.jcache.RemoteEars.fence;
import static io.nearfar.jcache.RemoteEars.heard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.nearfar.NearfarCache;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import io.nearfar.testing.RealRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.EventType;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What has expired is told once over all nodes, by whoever meets it. Where the time of an entry must be over at some point, its end is
 * put into the past on the server: no test waits for a clock.
 */
@Timeout(120)
class ExpiredEventsTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final long HOUR = TimeUnit.HOURS.toMillis(1);
    private static final long REST = 60_000;
    static final String TOLD = "EXPIRED k v v";

    private static RealRedis redis;

    private final RecordingListener mine = new RecordingListener();
    private final RecordingListener theirs = new RecordingListener();

    @BeforeAll
    static void start() {
        redis = RealRedis.start("--notify-keyspace-events", "Kg$xe");
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    private static Application application(Mode mode, String... further) {
        List<String> settings = new ArrayList<>(List.of("nearfar.address", redis.address()));
        settings.addAll(List.of(further));
        redis.call("FLUSHALL");
        return Application.in(mode, settings.toArray(String[]::new));
    }

    static MutableConfiguration<String, String> hourly() {
        return new MutableConfiguration<String, String>()
                .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(javax.cache.expiry.Duration.ONE_HOUR));
    }

    private static @Nullable String loaded(NearfarCache<String, String> cache, String value) {
        try {
            return cache.getOrLoad("k", () -> value);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> expired(RecordingListener listener) {
        return heard(listener).stream()
                .filter(told -> told.startsWith("EXPIRED"))
                .toList();
    }

    /** What an operation of a key does, and what events come of it beside those of its end. */
    enum Operation {
        GET(cache -> assertThat(cache.get("k")).isNull()),
        GET_OR_DEFAULT(cache -> assertThat(cache.getOrDefault("k", "d")).isEqualTo("d")),
        GET_ALL(cache -> assertThat(cache.getAll(Set.of("k", "l"))).isEmpty()),
        CONTAINS_KEY(cache -> assertThat(cache.containsKey("k")).isFalse()),
        ITERATOR(cache -> assertThat(cache).noneMatch(entry -> "k".equals(entry.getKey()))),
        INVOKE(cache -> assertThat(cache.<Boolean>invoke("k", (entry, arguments) -> entry.exists()))
                .isFalse()),
        GET_AND_REMOVE(cache -> assertThat(cache.getAndRemove("k")).isNull()),
        GET_AND_REPLACE(cache -> assertThat(cache.getAndReplace("k", "w")).isNull()),
        REPLACE(cache -> assertThat(cache.replace("k", "w")).isFalse()),
        REPLACE_OLD(cache -> assertThat(cache.replace("k", "v", "w")).isFalse()),
        REMOVE(cache -> assertThat(cache.remove("k")).isFalse()),
        REMOVE_OLD(cache -> assertThat(cache.remove("k", "v")).isFalse()),
        REMOVE_ALL(cache -> cache.removeAll(Set.of("k"))),
        ASYNC_GET(cache ->
                assertThat(cache.async().get("k").toCompletableFuture().join()).isNull()),
        ASYNC_CONTAINS_KEY(cache -> assertThat(
                        cache.async().containsKey("k").toCompletableFuture().join())
                .isFalse()),
        PUT(cache -> cache.put("k", "w"), "CREATED k null w"),
        PUT_ALL(cache -> cache.putAll(Map.of("k", "w", "l", "w")), "CREATED k null w", "CREATED l null w"),
        GET_AND_PUT(cache -> assertThat(cache.getAndPut("k", "w")).isNull(), "CREATED k null w"),
        PUT_IF_ABSENT(cache -> assertThat(cache.putIfAbsent("k", "w")).isTrue(), "CREATED k null w"),
        ASYNC_PUT(cache -> cache.async().put("k", "w").toCompletableFuture().join(), "CREATED k null w"),
        GET_OR_LOAD(cache -> assertThat(loaded(cache, "w")).isEqualTo("w"), "CREATED k null w");

        final Consumer<NearfarCache<String, String>> work;
        final List<String> further;

        Operation(Consumer<NearfarCache<String, String>> work, String... further) {
            this.work = work;
            this.further = List.of(further);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void entryAfterItsEnd_isToldByEachOperation_onceOnEachNode(Mode mode) {
        try (Application one = application(mode);
                Application two = one.another();
                Application three = one.another()) {
            NearfarCache<String, String> here = one.cache(hourly());
            NearfarCache<String, String> there = two.cache(hourly());
            NearfarCache<String, String> writer = three.cache(hourly());
            here.registerCacheEntryListener(mine.configured(true, true));
            there.registerCacheEntryListener(theirs.configured(true, true));
            awaitHeard(here, theirs);
            awaitHeard(writer, mine, theirs);
            for (Operation operation : Operation.values()) {
                writer.put("k", "v");
                end(redis, "k");
                fence(writer, mine, theirs);
                List.of(mine, theirs).forEach(each -> each.told.clear());
                operation.work.accept(here);
                List<String> expected = new ArrayList<>(List.of(TOLD));
                expected.addAll(operation.further);
                fence(here, theirs);
                assertThat(heard(mine)).as("%s, here", operation).containsExactlyInAnyOrderElementsOf(expected);
                assertThat(heard(theirs)).as("%s, there", operation).containsExactlyInAnyOrderElementsOf(expected);
                assertThat(heard(mine)).first().isEqualTo(TOLD);
                assertThat(heard(theirs)).first().isEqualTo(TOLD);
                assertThat(there.get("k")).isEqualTo(operation.further.isEmpty() ? null : "w");
                here.removeAll(Set.of("k", "l"));
            }
        }
    }

    @Test
    void readsByCallers_areToldInTheirThread_andOtherNodesInOneOfTheCache() {
        try (Application one = application(Mode.FAR);
                Application two = one.another()) {
            NearfarCache<String, String> here = one.cache(hourly());
            two.cache(hourly()).registerCacheEntryListener(theirs.configured(true, true));
            here.registerCacheEntryListener(mine.configured(true, true));
            awaitHeard(here, theirs);
            here.put("k", "v");
            end(redis, "k");
            fence(here, theirs);
            mine.threads.clear();
            theirs.threads.clear();
            here.get("k");
            await().atMost(SOON).until(() -> expired(theirs).size() == 1);
            assertThat(mine.threads).containsExactly(Thread.currentThread());
            assertThat(theirs.threads)
                    .singleElement()
                    .satisfies(thread -> assertThat(thread.getName()).startsWith("nearfar-cache-cities"));
        }
    }

    @Test
    void entryThatManyThreadsOfTwoNodesReadAtOnce_isToldOnceOnEach() throws Exception {
        try (Application one = application(Mode.TIERED);
                Application two = one.another();
                Application three = one.another()) {
            NearfarCache<String, String> here = one.cache(hourly());
            NearfarCache<String, String> there = two.cache(hourly());
            NearfarCache<String, String> writer = three.cache(hourly());
            here.registerCacheEntryListener(mine.configured(true, true));
            there.registerCacheEntryListener(theirs.configured(true, true));
            awaitHeard(writer, mine, theirs);
            awaitHeard(here, theirs);
            awaitHeard(there, mine);
            for (int round = 0; round < 10; round++) {
                writer.put("k", "v");
                end(redis, "k");
                List<Thread> readers = new ArrayList<>();
                CountDownLatch start = new CountDownLatch(1);
                for (int i = 0; i < 16; i++) {
                    Cache<String, String> cache = i % 2 == 0 ? here : there;
                    Thread reader = new Thread(() -> {
                        try {
                            start.await();
                            readUntilGone(cache);
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    });
                    reader.start();
                    readers.add(reader);
                }
                start.countDown();
                for (Thread reader : readers) {
                    reader.join();
                }
            }
            fence(here, theirs);
            fence(there, mine);
            assertThat(expired(mine)).hasSize(10);
            assertThat(expired(theirs)).hasSize(10);
        }
    }

    /** By the time of a node that has just waited long for an answer the end may not have come yet. */
    private static void readUntilGone(Cache<String, String> cache) {
        while (cache.get("k") != null) {
            Thread.onSpinWait();
        }
    }

    @Test
    void entryInItsGrace_isToldOnce_andAnswersWhereALoadFails() throws Exception {
        try (Application one = application(Mode.TIERED, "nearfar.cache.cities.grace", "1h");
                Application two = one.another()) {
            NearfarCache<String, String> here = one.cache(hourly());
            NearfarCache<String, String> there = two.cache(hourly());
            there.registerCacheEntryListener(theirs.configured(true, true));
            awaitHeard(here, theirs);
            here.put("k", "v");
            end(redis, "k");
            assertThat(there.get("k")).isNull();
            assertThat(there.get("k")).isNull();
            assertThat(there.getOrLoad("k", () -> {
                        throw new IllegalStateException("in vain");
                    }))
                    .isEqualTo("v");
            assertThat(there.get("k")).isNull();
            assertThat(isThere(redis, "k")).isTrue();
            fence(here, theirs);
            assertThat(expired(theirs)).containsExactly(TOLD);
        }
    }

    @Test
    void rest_isNoGrace() throws Exception {
        try (Application one = application(Mode.FAR)) {
            NearfarCache<String, String> cache = one.cache(hourly());
            cache.registerCacheEntryListener(mine.configured(true, true));
            cache.put("k", "v");
            assertThat(life(redis, "k")).isCloseTo(HOUR + REST, within(50_000L));
            end(redis, "k");
            assertThat(cache.getOrLoad("k", () -> null)).isNull();
            assertThat(expired(mine)).containsExactly(TOLD);
            cache.put("l", "v");
            end(redis, "l");
            cache.removeAll();
            cache.put("m", "v");
            end(redis, "m");
            cache.clear();
            assertThat(cache.get("m")).isNull();
            assertThat(cache.get("l")).isNull();
            assertThat(expired(mine)).doesNotContain("EXPIRED m v v");
        }
    }

    @Test
    void accesses_keepTheRest() {
        MutableConfiguration<String, String> touched = new MutableConfiguration<String, String>()
                .setExpiryPolicyFactory(TouchedExpiryPolicy.factoryOf(javax.cache.expiry.Duration.ONE_HOUR));
        try (Application one = application(Mode.FAR)) {
            NearfarCache<String, String> cache = one.cache(touched);
            cache.registerCacheEntryListener(mine.configured(true, true));
            cache.put("k", "v");
            redis.call("PEXPIRE", name(redis, "k"), 50_000);
            assertThat(cache.get("k")).isEqualTo("v");
            assertThat(life(redis, "k")).isCloseTo(HOUR + REST, within(50_000L));
        }
    }

    private static final class Creations implements CacheEntryCreatedListener<String, String> {
        @Override
        public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
            // what is created alone is of interest
        }
    }

    @Test
    void whereNobodyListensForWhatExpires_theServerDropsEntriesAtTheirEnd_andReadsAskForNothingMore() {
        try (Application one = application(Mode.FAR);
                Application two = one.another()) {
            NearfarCache<String, String> here = one.cache(hourly());
            here.registerCacheEntryListener(new MutableCacheEntryListenerConfiguration<>(
                    new FactoryBuilder.SingletonFactory<>(new Creations()), null, true, true));
            two.cache(hourly())
                    .registerCacheEntryListener(new MutableCacheEntryListenerConfiguration<>(
                            new FactoryBuilder.SingletonFactory<>(new Creations()), null, true, true));
            here.put("k", "v");
            assertThat(life(redis, "k")).isLessThanOrEqualTo(HOUR);
            MutableCacheEntryListenerConfiguration<String, String> gone = mine.configured(true, true);
            here.registerCacheEntryListener(gone);
            here.put("l", "v");
            assertThat(life(redis, "l")).isGreaterThan(HOUR);
            here.deregisterCacheEntryListener(gone);
            end(redis, "l");
            assertThat(here.get("l")).isNull();
            assertThat(here.getAll(Set.of("l"))).isEmpty();
            assertThat(isThere(redis, "l"))
                    .as("nobody has asked the server to tell it")
                    .isTrue();
            here.put("m", "v");
            assertThat(life(redis, "m")).isLessThanOrEqualTo(HOUR);
            assertThat((List<?>) redis.call("KEYS", "*:x:*"))
                    .as("nobody hears ends")
                    .isEmpty();
        }
    }

    /** The server says that the time of an entry is over. */
    private static void over(String key) {
        redis.call("PEXPIRE", name(redis, key).replace(":e:", ":x:"), 1);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void entryThatNobodyReads_isToldOnceOnEachNode_whenTheServerSaysThatItsTimeIsOver(Mode mode) {
        try (Application one = application(mode, "nearfar.keyspace-events", "true");
                Application two = one.another();
                Application three = one.another()) {
            NearfarCache<String, String> here = one.cache(hourly());
            NearfarCache<String, String> writer = three.cache(hourly());
            here.registerCacheEntryListener(mine.configured(true, true));
            NearfarCache<String, String> there = two.cache(hourly());
            there.registerCacheEntryListener(theirs.configured(true, true));
            awaitHeard(here, theirs);
            awaitHeard(there, mine);
            awaitHeard(writer, mine, theirs);
            for (String key : List.of("alive", "written", "gone", "k")) {
                writer.put(key, "v");
            }
            end(redis, "written");
            writer.put("written", "w");
            end(redis, "gone");
            writer.removeAll(Set.of("gone"));
            end(redis, "k");
            fence(writer, mine, theirs);
            List.of("alive", "written", "k").forEach(ExpiredEventsTest::over);
            await().atMost(SOON)
                    .until(() -> expired(mine).contains(TOLD) && expired(theirs).contains(TOLD));
            fence(writer, mine, theirs);
            fence(here, theirs);
            fence(there, mine);
            String[] told = {"EXPIRED written v v", "EXPIRED gone v v", TOLD};
            assertThat(expired(mine)).containsExactlyInAnyOrder(told);
            assertThat(expired(theirs)).containsExactlyInAnyOrder(told);
            assertThat(isThere(redis, "k")).isFalse();
            assertThat(here.get("alive")).isEqualTo("v");
        }
    }

    /** By the clock: what lies near is over at its end, and is told when it is read then. */
    @Test
    void entryThatLiesNear_isToldByTheReadAfterItsEnd() {
        MutableConfiguration<String, String> brief = new MutableConfiguration<String, String>()
                .setExpiryPolicyFactory(
                        CreatedExpiryPolicy.factoryOf(new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, 300)));
        try (Application one = application(Mode.TIERED);
                Application two = one.another()) {
            NearfarCache<String, String> here = one.cache(brief);
            NearfarCache<String, String> there = two.cache(hourly());
            here.registerCacheEntryListener(mine.configured(true, true));
            there.registerCacheEntryListener(theirs.configured(true, true));
            awaitHeard(there, mine);
            awaitHeard(here, theirs);
            here.put("k", "v");
            await().atMost(SOON).until(() -> here.get("k") == null);
            await().atMost(SOON)
                    .until(() -> expired(mine).size() == 1 && expired(theirs).size() == 1);
            assertThat(here.get("k")).isNull();
            assertThat(there.get("k")).isNull();
            fence(there, mine);
            assertThat(expired(mine)).containsExactly(TOLD);
            assertThat(expired(theirs)).containsExactly(TOLD);
        }
    }

    /** It is told when somebody keeps the lease alive: the placeholder is seen to be given more time while it is told. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void listenerThatIsSlow_losesNoLoadItsLease(boolean later) throws Exception {
        try (Application one = application(Mode.FAR, "nearfar.deadline", "3s", "nearfar.load-lease", "4s");
                Application two = one.another()) {
            NearfarCache<String, String> here = one.cache(hourly());
            NearfarCache<String, String> there = two.cache(hourly());
            here.registerCacheEntryListener(mine.configured(true, true));
            here.put("k", "v");
            end(redis, "k");
            mine.told.clear();
            mine.onEvent = event -> {
                if (event.getEventType() == EventType.EXPIRED) {
                    awaitRenewal();
                }
            };
            String loaded = later
                    ? here.reloadAsync("k", () -> CompletableFuture.completedStage("w"))
                            .toCompletableFuture()
                            .get(60, TimeUnit.SECONDS)
                    : here.reload("k", () -> "w");
            assertThat(loaded).isEqualTo("w");
            assertThat(heard(mine)).containsExactly(TOLD, "CREATED k null w");
            assertThat(there.get("k")).isEqualTo("w");
        }
    }

    /** Waits until what lies under the key is given more time to live than it had. */
    private static void awaitRenewal() {
        AtomicLong least = new AtomicLong(Long.MAX_VALUE);
        await().atMost(SOON).until(() -> {
            assertThat(isThere(redis, "k")).as("the placeholder is there").isTrue();
            long life = life(redis, "k");
            return life > least.getAndAccumulate(life, Math::min);
        });
    }

    @Test
    void listenersOfTheirNodeAlone_hearWhatThatMeets() {
        try (Application one = application(Mode.TIERED, "nearfar.cache.cities.listeners", "local");
                Application two = one.another()) {
            NearfarCache<String, String> here = one.cache(hourly());
            NearfarCache<String, String> there = two.cache(hourly());
            here.registerCacheEntryListener(mine.configured(true, true));
            there.registerCacheEntryListener(theirs.configured(true, true));
            here.put("k", "v");
            end(redis, "k");
            assertThat(there.get("k")).isNull();
            assertThat(expired(theirs)).containsExactly(TOLD);
            assertThat(here.containsKey("l")).isFalse();
            assertThat(expired(mine)).isEmpty();
        }
    }
}
