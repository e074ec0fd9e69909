package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What several threads are told adds up, with a policy that is known beforehand and with one that has to be asked. */
class ManyThreadsTest {
    private static final int THREADS = 4;
    private static final int ROUNDS = 100;

    /** A policy that the cache must ask, since it is no stock class. */
    public static final class Asked implements ExpiryPolicy {
        @Override
        public Duration getExpiryForCreation() {
            return Duration.ONE_HOUR;
        }

        @Override
        public Duration getExpiryForAccess() {
            return Duration.ONE_HOUR;
        }

        @Override
        public Duration getExpiryForUpdate() {
            return Duration.ONE_HOUR;
        }
    }

    private static MutableConfiguration<String, Long> policy(Factory<? extends ExpiryPolicy> policy) {
        return new MutableConfiguration<String, Long>()
                .setTypes(String.class, Long.class)
                .setExpiryPolicyFactory(policy);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void operations_withAKnownPolicy_areExact(Mode mode) throws Exception {
        contest(mode, policy(EternalExpiryPolicy.factoryOf()));
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void operations_withAPolicyToBeAsked_areExact(Mode mode) throws Exception {
        contest(mode, policy(Asked::new));
    }

    private static void contest(Mode mode, MutableConfiguration<String, Long> configuration) throws Exception {
        try (Application application = Application.in(mode)) {
            Cache<String, Long> cache = application.cache(configuration);
            increments(cache);
            firsts(cache);
            exchanges(cache);
        }
    }

    private static void increments(Cache<String, Long> cache) throws Exception {
        all(thread -> () -> {
            for (int i = 0; i < ROUNDS; i++) {
                cache.invoke("invoked", (entry, arguments) -> {
                    entry.setValue(entry.exists() ? entry.getValue() + 1 : 1);
                    return null;
                });
                while (!replaced(cache)) {
                    Thread.onSpinWait();
                }
            }
            return List.<Long>of();
        });
        long expected = (long) THREADS * ROUNDS;
        assertThat(cache.getAll(Set.of("invoked", "replaced")).values()).containsExactly(expected, expected);
    }

    private static boolean replaced(Cache<String, Long> cache) {
        Long seen = cache.get("replaced");
        return seen == null ? cache.putIfAbsent("replaced", 1L) : cache.replace("replaced", seen, seen + 1);
    }

    private static void firsts(Cache<String, Long> cache) throws Exception {
        List<Long> won = all(thread -> () -> {
            List<Long> mine = new ArrayList<>();
            for (long i = 0; i < ROUNDS; i++) {
                if (cache.putIfAbsent("first" + i, (long) thread)) {
                    mine.add(i);
                }
            }
            return mine;
        });
        assertThat(won).doesNotHaveDuplicates().hasSize(ROUNDS);
        List<Long> removed = all(thread -> () -> {
            List<Long> mine = new ArrayList<>();
            for (long i = 0; i < ROUNDS; i++) {
                if (cache.remove("first" + i)) {
                    mine.add(i);
                }
            }
            return mine;
        });
        assertThat(removed).doesNotHaveDuplicates().hasSize(ROUNDS);
    }

    private static void exchanges(Cache<String, Long> cache) throws Exception {
        List<Long> handed = all(thread -> () -> {
            List<Long> mine = new ArrayList<>();
            for (long i = 0; i < ROUNDS; i++) {
                Long old = cache.getAndPut("exchanged", thread * 1_000L + i);
                if (old != null) {
                    mine.add(old);
                }
            }
            return mine;
        });
        handed.add(cache.getAndRemove("exchanged"));
        assertThat(handed).doesNotHaveDuplicates().hasSize(THREADS * ROUNDS);
    }

    /** As when a framework loads inside a processor and wants one load for all who wait. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void processorThatLoads_runsItsLoadOnce(Mode mode) throws Exception {
        AtomicLong loads = new AtomicLong();
        try (Application application = Application.in(mode)) {
            Cache<String, Long> cache = application.cache();
            List<Long> answers = all(thread -> () -> List.of(cache.<Long>invoke("k", (entry, arguments) -> {
                if (!entry.exists()) {
                    LockSupport.parkNanos(20_000_000);
                    entry.setValue(loads.incrementAndGet());
                }
                return entry.getValue();
            })));
            assertThat(answers).hasSize(THREADS).containsOnly(1L);
        }
    }

    /** Runs one part in each thread, begun together, and returns what all of them came to. */
    static List<Long> all(IntFunction<Callable<List<Long>>> part) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CyclicBarrier start = new CyclicBarrier(THREADS);
        try {
            List<Future<List<Long>>> parts = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Callable<List<Long>> own = part.apply(thread);
                parts.add(threads.submit(() -> {
                    start.await();
                    return own.call();
                }));
            }
            List<Long> sum = new ArrayList<>();
            for (Future<List<Long>> each : parts) {
                sum.addAll(each.get());
            }
            return sum;
        } finally {
            threads.shutdownNow();
        }
    }
}
