package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of loads for which nobody waits; the test holds the threads back. */
@Timeout(60)
class RefreshersTest {
    private static final int THREADS = 2;
    private static final int ROOM = 3;

    private final List<Thread> started = new CopyOnWriteArrayList<>();
    private final Semaphore held = new Semaphore(0);
    private final AtomicInteger begun = new AtomicInteger();
    private final Refreshers refreshers = new Refreshers(this::thread, THREADS, ROOM);

    private Thread thread(Runnable work) {
        Thread thread = new Workers("cities", getClass().getClassLoader()).newThread(work);
        started.add(thread);
        return thread;
    }

    @AfterEach
    void stop() {
        held.release(1_000);
        refreshers.close();
    }

    private boolean offer() {
        return refreshers.offer(() -> {
            begun.incrementAndGet();
            held.acquireUninterruptibly();
        });
    }

    /** All that the threads and the queue take. */
    private void fill() {
        for (int i = 0; i < THREADS + ROOM; i++) {
            assertThat(refreshers.hasRoom()).isTrue();
            assertThat(offer()).isTrue();
        }
    }

    private void closeAndWait() throws InterruptedException {
        refreshers.close();
        held.release(1_000);
        for (Thread thread : started) {
            thread.join(TimeUnit.SECONDS.toMillis(30));
        }
        assertThat(started).isNotEmpty().noneMatch(Thread::isAlive);
    }

    @Test
    void whatIsBeyond_isNotTaken_untilThereIsRoom() throws Exception {
        fill();
        assertThat(refreshers.hasRoom()).isFalse();
        assertThat(offer()).isFalse();
        held.release(1_000);
        CountDownLatch done = new CountDownLatch(1);
        while (!refreshers.offer(done::countDown)) {
            Thread.onSpinWait();
        }
        done.await();
        closeAndWait();
        assertThat(begun).as("the one that was refused never runs").hasValue(THREADS + ROOM);
    }

    @Test
    void close_dropsWhatWaits_andTakesNothing() throws Exception {
        fill();
        refreshers.close();
        assertThat(offer()).isFalse();
        closeAndWait();
        assertThat(begun).hasValue(THREADS);
    }

    @Test
    void close_ofIdleThreads_endsThem() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        refreshers.offer(done::countDown);
        done.await();
        closeAndWait();
    }
}
