package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which thread tells a listener. */
@Timeout(120)
class DeliveriesTest {
    private final ExecutorService others = Executors.newSingleThreadExecutor(work -> new Thread(work, "of the others"));
    private final Deliveries deliveries = new Deliveries(others);

    @AfterEach
    void end() {
        others.shutdownNow();
    }

    private static void byAThreadOfTheLink(Runnable work) throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        LinkThread thread = new LinkThread(work, "of the link");
        thread.setUncaughtExceptionHandler((of, thrown) -> failure.set(thrown));
        thread.start();
        thread.join();
        assertThat(failure).hasValue(null);
    }

    @Test
    void whatAConnectionBrings_isToldByItsThread_atOnce() throws Exception {
        List<String> told = new ArrayList<>();
        byAThreadOfTheLink(() -> {
            deliveries.execute(() -> told.add(Thread.currentThread().getName()));
            told.add("after");
        });
        assertThat(told).containsExactly("of the link", "after");
    }

    /** Redisson's decoder would tell messages again that were told, or keep those that follow. */
    @Test
    void listenerThatFails_doesNotFailTheConnection() throws Exception {
        List<Integer> told = new ArrayList<>();
        byAThreadOfTheLink(() -> {
            deliveries.execute(() -> {
                throw new IllegalStateException("one");
            });
            deliveries.execute(() -> {
                throw new StackOverflowError("two");
            });
            deliveries.execute(() -> told.add(3));
        });
        assertThat(told).containsExactly(3);
    }

    @Test
    void otherWork_isDoneByTheOthers_untilTheyEnd() throws Exception {
        assertThat(deliveries.submit(() -> Thread.currentThread().getName()).get())
                .isEqualTo("of the others");
        assertThat(deliveries.isShutdown()).isFalse();
        deliveries.shutdown();
        assertThat(others.isShutdown()).isTrue();
        assertThat(deliveries.isShutdown()).isTrue();
        assertThat(deliveries.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(deliveries.isTerminated()).isTrue();
        assertThat(deliveries.shutdownNow()).isEmpty();
        assertThatThrownBy(() -> deliveries.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }
}
