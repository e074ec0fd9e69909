package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.cdi.cache.GeneratedKey;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class ConcurrencyTest {
    private static final int THREADS = 16;

    private final Application application = Application.of(Prices.class);
    private final Prices prices = application.bean(Prices.class);
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void stop() {
        threads.shutdownNow();
        application.close();
    }

    @Singleton
    public static class Prices {
        final AtomicInteger calls = new AtomicInteger();
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch held = new CountDownLatch(1);
        volatile String price = "old";
        volatile RuntimeException failure;

        @CacheResult(cacheName = "prices")
        public String price(int article) throws InterruptedException {
            calls.incrementAndGet();
            String read = price;
            begun.countDown();
            held.await(30, TimeUnit.SECONDS);
            if (failure != null) {
                throw failure;
            }
            return read;
        }

        @CacheResult(cacheName = "perThread")
        public String first(int thread) {
            return "price of " + thread;
        }

        @CacheRemove(cacheName = "prices")
        public void update(int article) {
            price = "new";
        }

        @CacheRemoveAll(cacheName = "prices")
        public void updateAll() {
            price = "new";
        }
    }

    @Test
    void miss_bySixteenThreads_oneCall() throws Exception {
        List<Future<String>> answers = start(thread -> () -> prices.price(1));
        prices.held.countDown();

        for (Future<String> answer : answers) {
            assertThat(answer.get()).isEqualTo("old");
        }
        assertThat(prices.calls).hasValue(1);
    }

    @Test
    void miss_methodFails_everyWaiterGetsTheFailure() throws Exception {
        prices.failure = new IllegalStateException("no price");
        List<Future<String>> answers = start(thread -> () -> prices.price(1));
        prices.held.countDown();

        for (Future<String> answer : answers) {
            assertThat(answer)
                    .failsWithin(20, TimeUnit.SECONDS)
                    .withThrowableThat()
                    .havingCause()
                    .isSameAs(prices.failure);
        }
    }

    @Test
    void firstUse_bySixteenThreads_oneCacheAndNoFailure() throws Exception {
        List<Future<String>> answers = start(thread -> () -> prices.first(thread));

        for (int thread = 0; thread < THREADS; thread++) {
            assertThat(answers.get(thread).get()).isEqualTo("price of " + thread);
        }
        Cache<Object, Object> cache = application.cache("perThread");
        assertThat(cache).hasSize(THREADS);
    }

    /** How an entry is declared out of date while the method runs. */
    enum Invalidation {
        ANNOTATED_REMOVE {
            @Override
            void happen(Prices prices, Cache<Object, Object> cache) {
                prices.update(1);
            }
        },
        ANNOTATED_REMOVE_ALL {
            @Override
            void happen(Prices prices, Cache<Object, Object> cache) {
                prices.updateAll();
            }
        },
        REMOVE {
            @Override
            void happen(Prices prices, Cache<Object, Object> cache) {
                prices.price = "new";
                cache.remove(GeneratedKey.of(1));
            }
        },
        CLEAR {
            @Override
            void happen(Prices prices, Cache<Object, Object> cache) {
                prices.price = "new";
                cache.clear();
            }
        };

        abstract void happen(Prices prices, Cache<Object, Object> cache);
    }

    @ParameterizedTest
    @EnumSource
    void invalidation_whileTheMethodRuns_noLaterReaderSeesTheOldValue(Invalidation invalidation) throws Exception {
        Future<String> before = threads.submit(() -> prices.price(1));
        assertThat(prices.begun.await(30, TimeUnit.SECONDS)).isTrue();

        invalidation.happen(prices, application.cache("prices"));
        prices.held.countDown();

        assertThat(before.get()).isEqualTo("old");
        assertThat(application.cache("prices").containsKey(GeneratedKey.of(1))).isFalse();
        assertThat(prices.price(1)).isEqualTo("new");
        assertThat(prices.price(1)).isEqualTo("new");
        assertThat(prices.calls).hasValue(2);
    }

    /** What thread number {@code thread} does. */
    private interface Task {
        Callable<String> of(int thread);
    }

    private List<Future<String>> start(Task task) {
        CyclicBarrier together = new CyclicBarrier(THREADS);
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Callable<String> call = task.of(i);
            answers.add(threads.submit(() -> {
                together.await();
                return call.call();
            }));
        }
        return answers;
    }
}
