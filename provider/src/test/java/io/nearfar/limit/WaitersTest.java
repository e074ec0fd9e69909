package io.nearfar.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WaitersTest {
    private static final int THREADS_AND_PLACES = 16 + 1_024;

    /** What is refused costs nobody memory, nor a wait for a turn that comes too late; what has a place has its turn. */
    @Test
    void questions_thatFindNoPlace_areRefused() {
        CountDownLatch answer = new CountDownLatch(1);
        AtomicInteger answered = new AtomicInteger();
        Runnable question = () -> {
            try {
                answer.await();
                answered.incrementAndGet();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        try (Waiters waiters = new Waiters()) {
            for (int i = 0; i < THREADS_AND_PLACES; i++) {
                waiters.execute(question);
            }
            assertThatThrownBy(() -> waiters.execute(question)).isInstanceOf(RejectedExecutionException.class);
            waiters.close();
            assertThatThrownBy(() -> waiters.execute(question)).isInstanceOf(RejectedExecutionException.class);
            answer.countDown();
            await().until(() -> answered.get() == THREADS_AND_PLACES);
            assertThat(answered).hasValue(THREADS_AND_PLACES);
        }
    }

    /** Servers look for threads that were left behind as soon as the manager is closed. */
    @Test
    void threads_areWaitedForAtTheEnd() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        CompletableFuture<Thread> waiter = new CompletableFuture<>();
        try (Waiters waiters = new Waiters()) {
            waiters.execute(() -> {
                waiter.complete(Thread.currentThread());
                try {
                    answer.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            Thread thread = waiter.get(60, TimeUnit.SECONDS);
            waiters.close();
            Thread closing = new Thread(() -> waiters.awaitEnd(TimeUnit.HOURS.toMillis(1)));
            closing.start();
            await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
            answer.countDown();
            closing.join();
            assertThat(thread.isAlive()).isFalse();
        }
    }
}
