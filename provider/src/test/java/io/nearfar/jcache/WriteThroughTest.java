package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nearfar.NearfarCache;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import javax.cache.Cache;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The writer is called before the tiers are changed, no more often than it must, and what it refuses is not cached. */
class WriteThroughTest {
    private final Database database = new Database();

    /** A database that refuses what begins with "bad", and can look at the cache when it is written to. */
    private static final class Database implements CacheWriter<String, String> {
        private final Map<String, String> rows = new ConcurrentHashMap<>();
        private final List<String> calls = new CopyOnWriteArrayList<>();
        private volatile BooleanSupplier takesOutWhatItDid = () -> true;
        private volatile Runnable before = () -> {};
        private volatile Runnable after = () -> {};

        @Override
        public void write(Cache.Entry<? extends String, ? extends String> entry) {
            calls.add("write " + entry.getKey() + " " + entry.getValue());
            before.run();
            refuse(entry.getKey());
            rows.put(entry.getKey(), entry.getValue());
            after.run();
        }

        @Override
        public void writeAll(Collection<Cache.Entry<? extends String, ? extends String>> entries) {
            Iterator<Cache.Entry<? extends String, ? extends String>> all = entries.iterator();
            while (all.hasNext()) {
                write(all.next());
                if (takesOutWhatItDid.getAsBoolean()) {
                    all.remove();
                }
            }
        }

        @Override
        public void delete(Object key) {
            calls.add("delete " + key);
            before.run();
            refuse(key.toString());
            rows.remove(key);
        }

        @Override
        public void deleteAll(Collection<?> keys) {
            Iterator<?> all = keys.iterator();
            while (all.hasNext()) {
                delete(all.next());
                if (takesOutWhatItDid.getAsBoolean()) {
                    all.remove();
                }
            }
        }

        private static void refuse(String key) {
            if (key.startsWith("bad")) {
                throw new IllegalStateException("refused " + key);
            }
        }
    }

    private MutableConfiguration<String, String> writing() {
        return new MutableConfiguration<String, String>()
                .setWriteThrough(true)
                .setCacheWriterFactory(new FactoryBuilder.SingletonFactory<>(database));
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void writer_isCalledOnceForWhatHappensAndNotForWhatDoesNot(Mode mode) {
        try (Application application = Application.in(mode)) {
            Cache<String, String> cache = application.cache(writing());
            cache.put("k", "1");
            cache.putIfAbsent("k", "x");
            cache.replace("none", "x");
            cache.replace("k", "x", "y");
            cache.remove("k", "x");
            cache.getAndReplace("none", "x");
            cache.replace("k", "1", "2");
            cache.getAndPut("k", "3");
            cache.getAndReplace("k", "4");
            cache.invoke("k", (entry, arguments) -> entry.getValue());
            cache.invoke("k", (entry, arguments) -> {
                entry.setValue("x");
                entry.setValue("5");
                return null;
            });
            cache.remove("k", "5");
            cache.putIfAbsent("k", "6");
            cache.getAndRemove("k");
            cache.remove("none");
            assertThat(database.calls)
                    .containsExactly(
                            "write k 1",
                            "write k 2",
                            "write k 3",
                            "write k 4",
                            "write k 5",
                            "delete k",
                            "write k 6",
                            "delete k",
                            "delete none");
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void writer_isCalledBeforeTheTiersAreChanged(Mode mode) {
        try (Application application = Application.in(mode)) {
            Cache<String, String> cache = application.cache(writing());
            List<Boolean> seen = new CopyOnWriteArrayList<>();
            database.before = () -> seen.add(cache.containsKey("k"));
            cache.put("k", "1");
            cache.remove("k");
            assertThat(seen).containsExactly(false, true);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void writerThatFails_leavesTheCacheAsItWas(Mode mode) {
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache = application.cache(writing());
            List<Runnable> writes = List.of(
                    () -> cache.put("bad", "1"),
                    () -> cache.getAndPut("bad", "1"),
                    () -> cache.putIfAbsent("bad", "1"),
                    () -> cache.putAll(Map.of("bad", "1")),
                    () -> cache.invoke("bad", (entry, arguments) -> {
                        entry.setValue("1");
                        return null;
                    }),
                    () -> cache.remove("bad"),
                    () -> cache.getAndRemove("bad"),
                    () -> cache.removeAll(Set.of("bad")));
            for (Runnable write : writes) {
                assertThatExceptionOfType(CacheWriterException.class)
                        .isThrownBy(write::run)
                        .withRootCauseInstanceOf(IllegalStateException.class);
                assertThat(cache.containsKey("bad")).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void batchThatFailsInTheMiddle_cachesWhatWasWritten(Mode mode) {
        try (Application application = Application.in(mode)) {
            Cache<String, String> cache = application.cache(writing());
            assertThatExceptionOfType(CacheWriterException.class)
                    .isThrownBy(() -> cache.putAll(Map.of("a", "1", "bad", "1", "b", "1")));
            for (String key : List.of("a", "b", "bad")) {
                assertThat(cache.containsKey(key)).as(key).isEqualTo(database.rows.containsKey(key));
            }
        }
    }

    @Test
    void batch_whoseWriterTakesNothingOut_isWrittenWhole() {
        database.takesOutWhatItDid = () -> false;
        try (Application application = Application.in(Mode.NEAR)) {
            Cache<String, String> cache = application.cache(writing());
            cache.putAll(Map.of("a", "1", "b", "1"));
            assertThat(cache.getAll(Set.of("a", "b"))).hasSize(2);
            cache.removeAll(Set.of("a"));
            assertThat(cache.containsKey("a")).isFalse();
        }
    }

    @Test
    void batch_whoseWriterLeavesSomeInWithoutFailing_cachesTheOthers() {
        int[] count = {0};
        database.takesOutWhatItDid = () -> count[0]++ == 0;
        try (Application application = Application.in(Mode.NEAR)) {
            Cache<String, String> cache = application.cache(writing());
            cache.putAll(Map.of("a", "1", "b", "1"));
            assertThat(cache).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void threadsThatWriteOneKey_leaveDatabaseAndCacheTheSame(Mode mode) throws Exception {
        try (Application application = Application.in(mode)) {
            Cache<String, String> cache = application.cache(writing());
            database.after =
                    () -> LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(200_000));
            for (int round = 0; round < 25; round++) {
                String value = "v" + round;
                agree(cache, thread -> cache.put("k", value + thread));
                agree(cache, thread -> cache.putAll(Map.of("k", value + thread, "l", value + thread)));
                agree(
                        cache,
                        thread -> cache.invoke("l", (entry, arguments) -> {
                            entry.setValue(entry.getValue() + thread);
                            return null;
                        }));
                agree(cache, thread -> cache.getAndPut("l", value + thread));
                agree(cache, thread -> {
                    cache.remove(thread % 2 == 0 ? "k" : "l");
                    cache.putIfAbsent(thread % 2 == 0 ? "l" : "k", value + thread);
                });
            }
        }
    }

    private void agree(Cache<String, String> cache, IntConsumer part) throws Exception {
        ManyThreadsTest.all(thread -> () -> {
            part.accept(thread);
            return List.of();
        });
        assertThat(cache.getAll(Set.of("k", "l"))).isEqualTo(database.rows);
    }

    @Test
    void writer_ofACacheThatDoesNotWriteThrough_isNotCalled() {
        try (Application application = Application.in(Mode.NEAR)) {
            Cache<String, String> cache = application.cache(writing().setWriteThrough(false));
            cache.put("k", "1");
            cache.remove("k");
            assertThat(database.calls).isEmpty();
        }
    }
}
