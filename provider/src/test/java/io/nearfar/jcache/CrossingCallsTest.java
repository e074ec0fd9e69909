package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two threads that call the cache from inside a call, each for the key that the other is at: neither waits for ever. */
class CrossingCallsTest {
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    /** Both are inside their outer calls when they go on to the inner ones, if both come here for the first time. */
    private final CyclicBarrier inside = new CyclicBarrier(2);

    private final AtomicInteger meetings = new AtomicInteger();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private void meet() {
        if (meetings.incrementAndGet() <= 2) {
            try {
                inside.await(10, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Runs both and returns what they threw; a call that hangs is cancelled, which fails the test. */
    private List<Throwable> failures(Callable<?> one, Callable<?> other) throws InterruptedException {
        List<Throwable> failures = new ArrayList<>();
        for (Future<?> each :
                threads.invokeAll(List.<Callable<Object>>of(one::call, other::call), 20, TimeUnit.SECONDS)) {
            try {
                each.get();
            } catch (ExecutionException e) {
                failures.add(e.getCause());
            }
        }
        return failures;
    }

    /** Adds one to the outer key, and within that one to the inner key; returns how often the processor ran. */
    private int addTo(Cache<String, Integer> outer, String key, Cache<String, Integer> inner, String other) {
        AtomicInteger runs = new AtomicInteger();
        outer.invoke(key, (entry, arguments) -> {
            meet();
            inner.invoke(other, (within, none) -> {
                within.setValue(within.exists() ? within.getValue() + 1 : 1);
                return null;
            });
            runs.incrementAndGet();
            entry.setValue(entry.exists() ? entry.getValue() + 1 : 1);
            return null;
        });
        return runs.get();
    }

    private void crossing(Cache<String, Integer> one, Cache<String, Integer> other) throws Exception {
        AtomicInteger addedToA = new AtomicInteger(1);
        AtomicInteger addedToB = new AtomicInteger(1);
        assertThat(failures(
                        () -> addedToB.addAndGet(addTo(one, "a", other, "b")),
                        () -> addedToA.addAndGet(addTo(other, "b", one, "a"))))
                .isEmpty();
        assertThat(one.get("a")).isEqualTo(addedToA.get());
        assertThat(other.get("b")).isEqualTo(addedToB.get());
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void processors_thatInvokeEachOthersKeys_bothEndAndCountExactly(Mode mode) throws Exception {
        try (Application application = Application.in(mode)) {
            Cache<String, Integer> cache = application.cache();
            crossing(cache, cache);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void processors_thatInvokeEachOthersKeysInTwoCaches_bothEndAndCountExactly(Mode mode) throws Exception {
        try (Application application = Application.in(mode)) {
            Cache<String, Integer> cache = application.cache();
            crossing(cache, application.manager().createCache("rivers", new MutableConfiguration<>()));
        }
    }

    /** Store and cache must agree, so nobody may go on without the key: one of the two is refused and changes nothing. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void writers_thatPutEachOthersKeys_oneIsRefusedByName(Mode mode) throws Exception {
        try (Application application = Application.in(mode)) {
            Crossed writer = new Crossed();
            Cache<String, String> cache = application.cache(new MutableConfiguration<String, String>()
                    .setWriteThrough(true)
                    .setCacheWriterFactory(new FactoryBuilder.SingletonFactory<>(writer)));
            writer.cache = cache;
            List<Throwable> failures = failures(() -> put(cache, "a"), () -> put(cache, "b"));
            assertThat(failures).singleElement().isInstanceOf(CacheWriterException.class);
            assertRefused(failures.get(0).getCause());
            assertThat(cache.getAll(Set.of("a", "b"))).hasSize(2).isEqualTo(writer.rows);
        }
    }

    private static void assertRefused(Throwable failure) {
        assertThat(failure)
                .isExactlyInstanceOf(CacheException.class)
                .hasMessageMatching("(?s)Cache cities: .*key [ab] .*order.*");
    }

    private static Object put(Cache<String, String> cache, String key) {
        cache.put(key, "outer");
        return key;
    }

    private void putOther(Cache<String, String> cache, String key, String value) {
        if (value.equals("outer")) {
            meet();
            cache.put(key.equals("a") ? "b" : "a", "inner");
        }
    }

    /** Writes a row after it has put the other key. */
    private final class Crossed implements CacheWriter<String, String> {
        private final Map<String, String> rows = new ConcurrentHashMap<>();
        private volatile Cache<String, String> cache;

        @Override
        public void write(Cache.Entry<? extends String, ? extends String> entry) {
            putOther(cache, entry.getKey(), entry.getValue());
            rows.put(entry.getKey(), entry.getValue());
        }

        @Override
        public void writeAll(Collection<Cache.Entry<? extends String, ? extends String>> entries) {
            throw new UnsupportedOperationException("writeAll");
        }

        @Override
        public void delete(Object key) {
            throw new UnsupportedOperationException("delete");
        }

        @Override
        public void deleteAll(Collection<?> keys) {
            throw new UnsupportedOperationException("deleteAll");
        }
    }

    /** Listeners must hear of a key's changes in order, so nobody may go on without the key. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void listeners_thatPutEachOthersKeys_oneIsRefusedByName(Mode mode) throws Exception {
        RecordingListener listener = new RecordingListener();
        try (Application application = Application.in(mode)) {
            Cache<String, String> cache = application.cache(new MutableConfiguration<String, String>()
                    .addCacheEntryListenerConfiguration(listener.configured(false, true)));
            listener.onEvent = event -> putOther(cache, event.getKey(), event.getValue());
            List<Throwable> failures = failures(() -> put(cache, "a"), () -> put(cache, "b"));
            assertThat(failures).singleElement().isInstanceOf(CacheEntryListenerException.class);
            assertRefused(failures.get(0).getCause());
            assertThat(listener.told)
                    .hasSize(3)
                    .filteredOn(told -> told.endsWith("inner"))
                    .hasSize(1);
        }
    }
}
