package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.tier.WaitGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@SuppressWarnings("try") // a hold is there to be closed, not to be used
class KeyLocksTest {
    private final KeyLocks<Integer> locks = new KeyLocks<>("cities");

    @Test
    void hold_keepsOthersOffTheKeyAndOffNoOther() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (KeyLocks.Hold mine = locks.hold(1)) {
            assertThat(other.submit(() -> locks.tryHold(1, 0)).get()).isNull();
            other.submit(() -> locks.hold(2).close()).get();
            assertThat(locks.size()).isEqualTo(1);
        } finally {
            other.shutdownNow();
        }
        assertThat(locks.size()).isZero();
    }

    @Test
    void hold_byTheSameThread_isHadAgain() {
        try (KeyLocks.Hold outer = locks.hold(1);
                KeyLocks.Hold inner = locks.hold(1);
                KeyLocks.Hold several = locks.holdAll(List.of(1, 2))) {
            assertThat(locks.size()).isEqualTo(2);
        }
        assertThat(locks.size()).isZero();
    }

    @Test
    void tryHold_interrupted_holdsNothingAndStaysInterrupted() throws Exception {
        try (KeyLocks.Hold mine = locks.hold(1)) {
            Thread waiting = new Thread(() -> {
                Thread.currentThread().interrupt();
                assertThat(locks.tryHold(1, Long.MAX_VALUE)).isNull();
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
            });
            waiting.start();
            waiting.join(5_000);
            assertThat(waiting.isAlive()).isFalse();
        }
        assertThat(locks.size()).isZero();
    }

    private void awaitWaiting(int count) {
        await().until(() -> WaitGraph.PROCESS.size() >= count);
    }

    private void awaitTaken(int key) {
        for (KeyLocks.Hold mine = locks.tryHold(key, 0); mine != null; mine = locks.tryHold(key, 0)) {
            mine.close();
        }
    }

    /** In another thread: holds the first, then waits for the second, and gives both back. */
    private Future<?> holdsThenWaits(ExecutorService other, KeyLocks<Integer> of, int first, int second)
            throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        Future<?> run = other.submit(() -> {
            try (KeyLocks.Hold outer = of.hold(first)) {
                held.countDown();
                locks.hold(second).close();
            }
        });
        held.await();
        return run;
    }

    @Test
    void hold_thatWouldCloseACircle_isRefusedAndTheOthersGoOn() throws Exception {
        KeyLocks<Integer> rivers = new KeyLocks<>("rivers");
        ExecutorService others = Executors.newCachedThreadPool();
        Future<?> second;
        Future<?> third;
        try (KeyLocks.Hold mine = locks.hold(1)) {
            second = holdsThenWaits(others, locks, 2, 1);
            awaitWaiting(1);
            third = holdsThenWaits(others, rivers, 3, 2);
            awaitWaiting(2);
            assertThatThrownBy(() -> rivers.hold(3))
                    .isExactlyInstanceOf(CacheException.class)
                    .hasMessageContainingAll("Cache rivers", "key 3", "pool-", "same order");
            assertThat(rivers.tryHold(3, Long.MAX_VALUE)).isNull();
            assertThat(rivers.holdOrPass(3)).isSameAs(KeyLocks.Hold.NONE);
            assertThatThrownBy(() -> rivers.holdAll(List.of(4, 3))).isExactlyInstanceOf(CacheException.class);
            assertThat(rivers.size()).isEqualTo(1);
        }
        second.get();
        third.get();
        others.shutdownNow();
        assertThat(locks.size() + rivers.size() + WaitGraph.PROCESS.size()).isZero();
    }

    /** Who puts many keys and holds nothing else does not pay for the circles of others. */
    @Test
    void holdAll_thatWouldCloseACircle_givesBackAndTakesThatKeyFirst() throws Exception {
        ExecutorService others = Executors.newCachedThreadPool();
        KeyLocks.Hold one = locks.hold(1);
        KeyLocks.Hold two = locks.hold(2);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        Future<?> circle = others.submit(() -> {
            try (KeyLocks.Hold three = locks.hold(3)) {
                held.countDown();
                go.await();
                locks.hold(1).close();
            }
            return null;
        });
        held.await();
        Future<?> batch = others.submit(() -> locks.holdAll(List.of(1, 2, 3)).close());
        awaitWaiting(1);
        one.close();
        awaitTaken(1);
        go.countDown();
        awaitWaiting(2);
        two.close();
        circle.get();
        batch.get();
        others.shutdownNow();
        assertThat(locks.size()).isZero();
    }

    @Test
    void hold_longerThanAnybodyMayWait_isRefused() throws Exception {
        KeyLocks<Integer> hasty = new KeyLocks<>("cities", 1);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (KeyLocks.Hold mine = hasty.hold(1)) {
            assertThatThrownBy(() -> get(other.submit(() -> hasty.hold(1))))
                    .isExactlyInstanceOf(CacheException.class)
                    .hasMessageContainingAll(
                            "Cache cities", "key 1", Thread.currentThread().getName());
            assertThat(other.submit(() -> hasty.holdOrPass(1)).get()).isSameAs(KeyLocks.Hold.NONE);
        }
        other.shutdownNow();
        assertThat(hasty.size()).isZero();
    }

    private static Object get(Future<?> future) throws Throwable {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    @Test
    void hold_interrupted_isRefusedOnlyIfItHasToWaitAndStaysInterrupted() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (KeyLocks.Hold mine = locks.hold(1)) {
            other.submit(() -> {
                        Thread.currentThread().interrupt();
                        locks.hold(2).close();
                        assertThatThrownBy(() -> locks.hold(1))
                                .isExactlyInstanceOf(CacheException.class)
                                .hasMessageContaining("interrupted");
                        assertThat(locks.holdOrPass(1)).isSameAs(KeyLocks.Hold.NONE);
                        assertThat(Thread.currentThread().isInterrupted()).isTrue();
                    })
                    .get();
        }
        other.shutdownNow();
        assertThat(locks.size()).isZero();
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void holdAll_ofManyThreadsInAnyOrder_neverWaitsForEver() throws Exception {
        int[] counts = new int[6];
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> runs = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            Random random = new Random(thread);
            runs.add(threads.submit(() -> {
                for (int i = 0; i < 2_000; i++) {
                    List<Integer> keys =
                            random.ints(3, 0, counts.length).boxed().toList();
                    try (KeyLocks.Hold all = locks.holdAll(keys)) {
                        keys.stream().distinct().forEach(key -> counts[key]++);
                    }
                }
            }));
        }
        for (Future<?> run : runs) {
            run.get();
        }
        threads.shutdown();
        assertThat(locks.size()).isZero();
        int expected = 0;
        for (int thread = 0; thread < 4; thread++) {
            Random random = new Random(thread);
            for (int i = 0; i < 2_000; i++) {
                expected += (int) random.ints(3, 0, counts.length).distinct().count();
            }
        }
        assertThat(java.util.Arrays.stream(counts).sum()).isEqualTo(expected);
    }
}
