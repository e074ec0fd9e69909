package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@SuppressWarnings("try") // a hold is there to be closed, not to be used
class KeyLocksTest {
    private final KeyLocks<Integer> locks = new KeyLocks<>();

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
                assertThat(locks.tryHold(1, 10_000)).isNull();
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
            });
            waiting.start();
            waiting.join(5_000);
            assertThat(waiting.isAlive()).isFalse();
        }
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
