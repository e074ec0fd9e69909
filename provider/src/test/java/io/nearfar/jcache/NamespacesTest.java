package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.EntryOptions;
import io.nearfar.FarTierUnavailableException;
import io.nearfar.InvalidationDeclaration;
import io.nearfar.InvalidationPace;
import io.nearfar.NearfarCache;
import io.nearfar.NearfarConfiguration;
import io.nearfar.NearfarManager;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RespClient;
import java.io.Serializable;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What begins as a declared namespace ends as one. */
@Timeout(120)
class NamespacesTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final long PARTITIONS = 64;

    /** Each beat is a script, too. */
    private static final long BEAT_NANOS = Duration.ofMillis(200).toNanos();

    private static Application declared(Mode mode, String... further) {
        String[] settings = new String[further.length + 2];
        settings[0] = "nearfar.cache.cities.namespaces";
        settings[1] = "feed:, feed:4, 7";
        System.arraycopy(further, 0, settings, 2, further.length);
        return Application.in(mode, settings);
    }

    private static <T> T join(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    /** A key of some kind that may begin as a namespace does. */
    private static Object key(Random random) {
        String text = List.of("feed:", "feed", "fee:", "7", "~7", "x").get(random.nextInt(6)) + random.nextInt(60);
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(800);
            case 1 -> List.of("feed", random.nextInt(60), text);
            case 2 -> random.nextLong(80);
            default -> text;
        };
    }

    private static Set<Object> keys(Cache<Object, String> cache) {
        Set<Object> keys = new HashSet<>();
        cache.forEach(entry -> keys.add(entry.getKey()));
        return keys;
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void invalidation_endsWhatALookAtEachKeyWould(Mode mode) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (Application application = declared(mode)) {
            NearfarCache<Object, String> cache = application.cache();
            NearfarCache<Object, String> scanned = application.cache("scanned", new MutableConfiguration<>());
            for (String prefix : List.of("feed:", "feed:4", "7")) {
                for (int i = 0; i < 200; i++) {
                    Object key = key(random);
                    cache.put(key, "v", EntryOptions.NONE.withTags("own"));
                    scanned.put(key, "v");
                }
                cache.invalidatePrefix(prefix);
                assertThat(scanned.invalidatePrefix(prefix)).isPositive();
                assertThat(keys(cache)).as("seed %d, %s", seed, prefix).isEqualTo(keys(scanned));
            }
        }
    }

    /** Each way to store something. */
    private static void storeEach(NearfarCache<String, String> cache) throws Exception {
        cache.put("feed:1", "v");
        cache.put("feed:2", "v", EntryOptions.NONE.withTags("own"));
        cache.putAll(Map.of("feed:3", "v"));
        cache.getAndPut("feed:4", "v");
        cache.putIfAbsent("feed:5", "v");
        cache.put("feed:6", "u");
        cache.replace("feed:6", "v");
        cache.put("feed:7", "u");
        cache.replace("feed:7", "u", "v");
        cache.invoke("feed:8", (entry, arguments) -> {
            entry.setValue("v");
            return null;
        });
        cache.getOrLoad("feed:9", () -> "v");
        cache.reload("feed:10", context -> "v");
        join(cache.getOrLoadAsync("feed:11", () -> CompletableFuture.completedStage("v")));
        join(cache.async().put("feed:12", "v"));
        join(cache.async().putAll(Map.of("feed:13", "v")));
        join(cache.async().putIfAbsent("feed:14", "v"));
        join(cache.async().getOrLoad("feed:15", () -> CompletableFuture.completedStage("v")));
        join(cache.async().getAndPut("feed:16", "v"));
        for (int i = 17; i <= 19; i++) {
            cache.put("feed:" + i, "u");
        }
        cache.getAndReplace("feed:17", "v");
        join(cache.async().getAndReplace("feed:18", "v"));
        join(cache.async().replace("feed:19", "u", "v"));
        CompletionListenerFuture loaded = new CompletionListenerFuture();
        cache.loadAll(Set.of("feed:20"), true, loaded);
        loaded.get(60, TimeUnit.SECONDS);
        cache.put("other", "v");
    }

    /** Loads the same for each key. */
    private static final class OneValue implements CacheLoader<String, String>, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public String load(String key) {
            return "v";
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            Map<String, String> all = new HashMap<>();
            keys.forEach(key -> all.put(key, "v"));
            return all;
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void whatIsStored_belongsToIt_howeverItWas(Mode mode) throws Exception {
        try (Application application = declared(mode)) {
            NearfarCache<String, String> cache = application.cache(new MutableConfiguration<String, String>()
                    .setCacheLoaderFactory(new FactoryBuilder.SingletonFactory<>(new OneValue())));
            NearfarManager manager = cache.getCacheManager().unwrap(NearfarManager.class);
            manager.declare(
                    InvalidationDeclaration.of("feeds").withCaches("cities").withPrefixes("feed:"));
            List<Consumer<NearfarCache<String, String>>> ways = List.of(
                    ended -> assertThat(ended.invalidatePrefix("feed:")).isZero(),
                    ended -> ended.async()
                            .invalidatePrefix("feed:")
                            .toCompletableFuture()
                            .join(),
                    ended -> ended.startInvalidatingPrefix("feed:", InvalidationPace.DEFAULT)
                            .done()
                            .toCompletableFuture()
                            .join(),
                    ended -> assertThat(
                                    manager.invalidate("feeds").caches().get(0).walks())
                            .isEmpty());
            for (Consumer<NearfarCache<String, String>> way : ways) {
                storeEach(cache);
                for (int i = 1; i <= 20; i++) {
                    assertThat(cache.get("feed:" + i)).isEqualTo("v");
                }
                way.accept(cache);
                for (int i = 1; i <= 20; i++) {
                    assertThat(cache.get("feed:" + i)).as("feed:%d", i).isNull();
                }
                assertThat(cache.get("other")).isEqualTo("v");
            }
        }
    }

    /** What expires softly may answer still, and a load that began before is not stored. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void softEnd_keeps_andALoadThatBeganBeforeIsNotStored(Mode mode) throws Exception {
        try (Application application = declared(mode, "nearfar.grace", "1h")) {
            NearfarCache<String, String> cache = application.cache();
            cache.put("feed:1", "old");
            cache.expirePrefix("feed:");
            assertThat(cache.get("feed:1")).isNull();
            assertThat(cache.getOrLoad("feed:1", () -> {
                        throw new IllegalStateException("the database is away");
                    }))
                    .isEqualTo("old");
            String loaded = cache.getOrLoad("feed:2", () -> {
                cache.invalidatePrefix("feed:");
                return "read before";
            });
            assertThat(loaded).isEqualTo("read before");
            assertThat(cache.get("feed:2")).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void loadsOnTwoNodes_areNeverOlderThanAnInvalidation(Mode mode) throws Exception {
        try (Application one = declared(mode);
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
                here.invalidatePrefix("feed:");
                Integer seen = here.get("feed:1");
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
            cache.getOrLoad("feed:1", truth::get);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a node without the declaration has written, an invalidation would miss: so it is not there. */
    @Test
    void entryOfANodeWithoutTheDeclaration_isNotThere_untilItIsWrittenAgain() throws Exception {
        try (Application without = Application.in(Mode.TIERED);
                Application with = without.another("nearfar.cache.cities.namespaces", "feed:")) {
            NearfarCache<String, String> old = without.cache();
            NearfarCache<String, String> cache = with.cache();
            for (String key : List.of("feed:1", "feed:2", "feed:3", "feed:4", "other")) {
                old.put(key, "old");
            }
            assertThat(cache.get("feed:1")).isNull();
            assertThat(cache.getAll(Set.of("feed:1", "other"))).isEqualTo(Map.of("other", "old"));
            assertThat(join(cache.async().get("feed:1"))).isNull();
            assertThat(cache).extracting(Cache.Entry::getKey).containsExactly("other");
            assertThat(cache.putIfAbsent("feed:1", "new")).isTrue();
            assertThat(cache.getOrLoad("feed:2", () -> "new")).isEqualTo("new");
            cache.putAll(Map.of("feed:3", "new"));
            assertThat(join(cache.async().putIfAbsent("feed:4", "new"))).isTrue();
            for (String key : List.of("feed:1", "feed:2", "feed:3", "feed:4")) {
                assertThat(cache.get(key)).isEqualTo("new");
                await().atMost(SOON).until(() -> "new".equals(old.get(key)));
            }
            cache.invalidatePrefix("feed:");
            for (String key : List.of("feed:1", "feed:2", "feed:3", "feed:4")) {
                assertThat(cache.get(key)).isNull();
                await().atMost(SOON).until(() -> old.get(key) == null);
            }
            assertThat(cache.get("other")).isEqualTo("old");
        }
    }

    private static long calls(RealRedis redis, String command) {
        String info = RespClient.text(redis.call("INFO", "commandstats"));
        int at = info.indexOf("cmdstat_" + command + ":calls=");
        if (at < 0) {
            return 0;
        }
        String calls = info.substring(info.indexOf('=', at) + 1);
        return Long.parseLong(calls.substring(0, calls.indexOf(',')));
    }

    /** One script for each partition, and no look at a key. */
    @Test
    void invalidation_costsOneWriteForEachPartition() {
        try (RealRedis redis = RealRedis.start();
                Application application = declared(Mode.FAR, "nearfar.address", redis.address())) {
            NearfarCache<String, String> cache = application.cache();
            for (int i = 0; i < 100; i++) {
                cache.put("feed:" + i, "v");
            }
            cache.invalidatePrefix("7"); // the script is known from here on
            long since = System.nanoTime();
            redis.call("CONFIG", "RESETSTAT");
            cache.invalidatePrefix("feed:");
            long scripts = calls(redis, "evalsha");
            long beats = (System.nanoTime() - since) / BEAT_NANOS + 1;
            assertThat(scripts).isBetween(PARTITIONS, PARTITIONS + beats);
            assertThat(calls(redis, "set")).as("of meta and chain").isEqualTo(2 * PARTITIONS);
            assertThat(calls(redis, "publish")).isEqualTo(PARTITIONS);
            assertThat(calls(redis, "scan")).isZero();
            assertThat(cache.get("feed:1")).isNull();
            assertThat(cache.invalidatePrefix("fee")).isZero();
            assertThat(calls(redis, "scan")).isPositive();
        }
    }

    @Test
    void invalidation_inAnOutage_isMadeUpFor() {
        try (RealRedis redis = RealRedis.start();
                Application application =
                        declared(Mode.TIERED, "nearfar.address", redis.address(), "nearfar.deadline", "250ms")) {
            NearfarCache<String, String> cache = application.cache();
            await().atMost(SOON)
                    .ignoreException(FarTierUnavailableException.class)
                    .until(() -> {
                        cache.getAndPut("feed:1", "old");
                        return true;
                    });
            redis.freeze();
            cache.put("feed:2", "before");
            cache.invalidatePrefix("feed:");
            assertThat(cache.get("feed:1")).isNull();
            assertThat(cache.get("feed:2")).isNull();
            redis.thaw();
            for (String key : List.of("feed:1", "feed:2")) {
                await().atMost(SOON)
                        .ignoreException(FarTierUnavailableException.class)
                        .until(() -> cache.getAndPut(key, "new") == null);
            }
        }
    }

    @Test
    void declaration_inCode_andWhatCannotBeOne() {
        try (Application application = Application.in(Mode.NEAR)) {
            NearfarCache<String, String> cache =
                    application.cache("c", new NearfarConfiguration<String, String>().setNamespaces("feed:", "user:"));
            cache.put("user:1", "v");
            assertThat(cache.invalidatePrefix("user:")).isZero();
            assertThat(cache.get("user:1")).isNull();
            String long200 = "x".repeat(200);
            for (String wrong : List.of("feed:,feed:", long200, "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q")) {
                assertThatThrownBy(() -> application.cache(
                                "d", new NearfarConfiguration<String, String>().setNamespaces(wrong.split(","))))
                        .hasMessageContaining("up to 16 beginnings of keys");
            }
            assertThatThrownBy(() -> EntryOptions.NONE.withTags("\0feed:")).hasMessageContaining("U+0000");
            assertThatThrownBy(() -> cache.invalidateTag("\0feed:")).hasMessageContaining("U+0000");
        }
    }
}
