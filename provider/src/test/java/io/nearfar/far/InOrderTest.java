package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is told one after the other is told in its order, whatever runs it. */
@Timeout(120)
class InOrderTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void work_isRunByTheThreads_inTheOrderOfItsComing() {
        Queue<Runnable> given = new ArrayDeque<>();
        InOrder line = new InOrder(given::add);
        List<Integer> ran = new ArrayList<>();
        line.execute(() -> {
            ran.add(1);
            line.execute(() -> ran.add(3));
        });
        line.execute(() -> ran.add(2));
        assertThat(ran).isEmpty();
        assertThat(given).hasSize(1);
        given.remove().run();
        assertThat(ran).containsExactly(1, 2, 3);
        line.execute(() -> ran.add(4));
        given.remove().run();
        assertThat(ran).containsExactly(1, 2, 3, 4);
    }

    @Test
    void workOfManyThreads_isAllRun_oneAtATime() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            InOrder line = new InOrder(threads);
            List<Integer> ran = new ArrayList<>(); // which is no list for several threads at a time
            CountDownLatch given = new CountDownLatch(4);
            for (int i = 0; i < 4; i++) {
                int from = i * 10_000;
                new Thread(() -> {
                            IntStream.range(from, from + 10_000).forEach(number -> line.execute(() -> ran.add(number)));
                            given.countDown();
                        })
                        .start();
            }
            given.await();
            CountDownLatch over = new CountDownLatch(1);
            line.execute(over::countDown);
            over.await();
            assertThat(ran).hasSize(40_000).doesNotHaveDuplicates();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void workThatFails_isFollowedByTheNext() {
        List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            InOrder line = new InOrder(threads);
            line.execute(() -> {
                throw new IllegalStateException("one");
            });
            line.execute(() -> {
                throw new StackOverflowError("two");
            });
            line.execute(() -> ran.add(3));
            await().atMost(SOON).untilAsserted(() -> assertThat(ran).containsExactly(3));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void workAfterTheEnd_isNotRun_andFailsNobody() {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        threads.shutdownNow();
        InOrder line = new InOrder(threads);
        List<Integer> ran = new ArrayList<>();
        assertThatCode(() -> line.execute(() -> ran.add(1))).doesNotThrowAnyException();
        assertThat(ran).isEmpty();
    }
}
