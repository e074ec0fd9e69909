package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.NearfarCache;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import io.nearfar.testing.RealRedis;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CompletionListener;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSR-107's operations while Redis is away, and after it has come back. */
@Timeout(120)
class OutageTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final RealRedis redis = RealRedis.start();
    private Application application;
    private NearfarCache<String, String> cache;

    private void start(MutableConfiguration<String, String> configuration, String... settings) {
        String[] all = new String[settings.length + 2];
        all[0] = "nearfar.address";
        all[1] = "redis://" + redis.host();
        System.arraycopy(settings, 0, all, 2, settings.length);
        application = Application.in(Mode.TIERED, all);
        cache = application.cache(configuration);
        cache.put("near", "old");
    }

    private void outage(MutableConfiguration<String, String> configuration, String... settings) {
        start(configuration, settings);
        redis.kill();
    }

    /** Likewise with the entry in the near tier: a starved node may have let go of it, and rightly. */
    private void outageKnowing(MutableConfiguration<String, String> configuration, String... settings) {
        outage(configuration, settings);
        while (cache.get("near") == null) {
            redis.restart();
            putFar("near", "old");
            redis.kill();
        }
    }

    private void putFar(String key, String value) {
        await().atMost(SOON).ignoreException(FarTierUnavailableException.class).until(() -> {
            cache.getAndPut(key, value); // which only the far tier answers
            return true;
        });
    }

    private static MutableConfiguration<String, String> plain() {
        return new MutableConfiguration<>();
    }

    @AfterEach
    void stop() {
        application.close();
        redis.close();
    }

    private static void assertRefused(ThrowingCallable operation) {
        assertThatThrownBy(operation).isInstanceOf(FarTierUnavailableException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void open_operationsThatNeedNoAnswer_return(boolean asked) {
        ExpiryPolicy policy = new ManyThreadsTest.Asked();
        outage(asked ? plain().setExpiryPolicyFactory(() -> policy) : plain());
        cache.put("k", "1");
        assertThat(cache.get("k")).isEqualTo("1");
        assertThat(cache.containsKey("k")).isTrue();
        cache.putAll(Map.of("k", "2", "l", "2"));
        assertThat(cache.getAll(Set.of("k", "l", "none"))).isEqualTo(Map.of("k", "2", "l", "2"));
        assertThat(cache.remove("k"))
                .as("whether anything was there is not known")
                .isFalse();
        assertThat(cache.get("k")).isNull();
        cache.removeAll(Set.of("l"));
        assertThat(cache.containsKey("l")).isFalse();
        cache.put("k", "3");
        cache.clear();
        assertThat(cache.getAll(Set.of("k", "near"))).isEmpty();
        cache.put("k", "4");
        cache.removeAll();
        assertThat(cache.get("k")).isNull();
    }

    @Test
    void open_operationsThatOnlyTheFarTierDecides_throw() {
        outage(plain());
        cache.put("k", "noted");
        assertRefused(() -> cache.putIfAbsent("new", "v"));
        assertRefused(() -> cache.replace("k", "v"));
        assertRefused(() -> cache.replace("k", "noted", "v"));
        assertRefused(() -> cache.remove("k", "noted"));
        assertRefused(() -> cache.remove("near", "other"));
        assertRefused(() -> cache.getAndPut("k", "v"));
        assertRefused(() -> cache.getAndRemove("k"));
        assertRefused(() -> cache.getAndReplace("k", "v"));
        assertRefused(() -> cache.invoke("k", (entry, arguments) -> {
            entry.setValue("v");
            return null;
        }));
        assertRefused(() -> cache.invoke("k", (entry, arguments) -> entry.getValue()));
        assertRefused(() -> cache.iterator().hasNext());
        assertThat(cache.get("k")).isEqualTo("noted");
    }

    @Test
    void openAndLocal_thisNodeDecides() {
        outageKnowing(plain(), "nearfar.outage.atomic", "local");
        assertThat(cache.putIfAbsent("k", "1")).isTrue();
        assertThat(cache.putIfAbsent("k", "2")).isFalse();
        assertThat(cache.replace("k", "1", "2")).isTrue();
        assertThat(cache.replace("k", "1", "3")).isFalse();
        assertThat(cache.getAndPut("k", "4")).isEqualTo("2");
        assertThat(cache.getAndReplace("none", "v")).isNull();
        assertThat(cache.<Integer>invoke("k", (entry, arguments) -> {
                    entry.setValue(entry.getValue() + "!");
                    return 1;
                }))
                .isEqualTo(1);
        assertThat(cache.<String>invoke("k", (entry, arguments) -> entry.getValue()))
                .isEqualTo("4!");
        assertThat(cache.remove("k", "4")).isFalse();
        assertThat(cache.getAndRemove("k")).isEqualTo("4!");
        assertThat(cache.remove("near")).isTrue();
        assertRefused(() -> cache.iterator().hasNext());
    }

    @Test
    void closed_everythingThrows() {
        outage(plain(), "nearfar.outage", "closed", "nearfar.near.ttl", "1ms");
        assertRefused(() -> cache.get("k"));
        assertRefused(() -> cache.put("k", "v"));
        assertRefused(() -> cache.putAll(Map.of("k", "v")));
        assertRefused(() -> cache.remove("k"));
        assertRefused(() -> cache.removeAll(Set.of("k")));
        assertRefused(() -> cache.removeAll());
        assertRefused(() -> cache.clear());
        assertRefused(() -> cache.containsKey("k"));
        assertRefused(() -> cache.getAll(Set.of("k")));
        assertRefused(() -> cache.iterator().hasNext());
        assertRefused(() -> cache.getOrLoad("k", () -> "v"));
    }

    // ---- loaders and writers

    private static final class Source implements CacheLoader<String, String>, CacheWriter<String, String> {
        private final Map<String, String> rows = new HashMap<>();
        private final AtomicInteger loads = new AtomicInteger();

        @Override
        public String load(String key) {
            return "loaded" + loads.incrementAndGet();
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            Map<String, String> all = new HashMap<>();
            keys.forEach(key -> all.put(key, load(key)));
            return all;
        }

        @Override
        public void write(Cache.Entry<? extends String, ? extends String> entry) {
            rows.put(entry.getKey(), entry.getValue());
        }

        @Override
        public void writeAll(java.util.Collection<Cache.Entry<? extends String, ? extends String>> entries) {
            entries.forEach(this::write);
            entries.clear();
        }

        @Override
        public void delete(Object key) {
            rows.remove(key);
        }

        @Override
        public void deleteAll(java.util.Collection<?> keys) {
            keys.forEach(this::delete);
            keys.clear();
        }
    }

    @Test
    void readThrough_asksTheLoaderAndLoadAllIsKept() throws Exception {
        Source source = new Source();
        outage(plain().setReadThrough(true).setCacheLoaderFactory(() -> source));
        assertThat(cache.get("k")).isEqualTo("loaded1");
        assertThat(cache.getOrLoad("l", () -> "called")).isEqualTo("called");
        assertThat(cache.reload("l", () -> "again")).isEqualTo("again");
        assertThat(cache.get("l")).isEqualTo("again");
        CountDownLatch done = new CountDownLatch(1);
        AtomicReference<Exception> failure = new AtomicReference<>();
        cache.loadAll(Set.of("k", "near", "m"), true, new CompletionListener() {
            @Override
            public void onCompletion() {
                done.countDown();
            }

            @Override
            public void onException(Exception e) {
                failure.set(e);
                done.countDown();
            }
        });
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(failure).hasValue(null);
        assertThat(source.loads).hasValue(4);
        assertThat(cache.getAll(Set.of("k", "near", "m")).values()).doesNotContain("old", "loaded1");
        assertThat(source.loads).as("they are kept").hasValue(4);
    }

    @Test
    void writeThrough_followsAndRemoveAllThatCannotTellTheWriterThrows() {
        Source source = new Source();
        outage(plain().setWriteThrough(true).setCacheWriterFactory(() -> source));
        cache.put("k", "1");
        cache.putAll(Map.of("l", "2"));
        cache.remove("near");
        assertThat(source.rows).isEqualTo(Map.of("k", "1", "l", "2"));
        assertThat(cache.get("l")).isEqualTo("2");
        assertRefused(cache::removeAll);
        assertThat(cache.get("l")).isEqualTo("2");
        cache.clear();
        assertThat(cache.get("l")).isNull();
    }

    @Test
    void listeners_hearOfWritesAsThisNodeKnowsThem() {
        RecordingListener listener = new RecordingListener();
        outageKnowing(
                plain().setStatisticsEnabled(true).addCacheEntryListenerConfiguration(listener.configured(true, true)));
        listener.told.clear();
        cache.put("new", "1");
        cache.put("new", "2");
        cache.put("near", "3");
        assertThat(listener.told).containsExactly("CREATED new null 1", "UPDATED new 1 2", "UPDATED near old 3");
        cache.removeAll();
        assertThat(cache.get("new")).isNull();
    }

    @Test
    void after_whatWasNotedIsThereForAll() {
        start(plain(), "nearfar.deadline", "5s");
        redis.freeze();
        while (cache.get("near") == null) { // as above
            redis.thaw();
            putFar("near", "old");
            redis.freeze();
        }
        cache.put("near", "new");
        cache.remove("other");
        redis.thaw();
        try (Application another = application.another()) {
            Cache<String, String> there = another.cache(plain());
            await().atMost(SOON).until(() -> "new".equals(there.get("near")));
            await().atMost(SOON).until(() -> cache.figures().dirtyKeys() == 0);
            assertThat(cache.replace("near", "new", "newer")).isTrue();
        }
    }
}
