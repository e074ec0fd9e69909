package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EndsAskedTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final AtomicLong nanos = new AtomicLong();
    private final EndsAsked asked = new EndsAsked(nanos::get, LONG);

    @Test
    void keyThatNobodyAsksAbout_isNotWaitedFor() {
        asked.begin("a").run();
        asked.begin("b");
        asked.await("a");
        assertThat(asked.size()).isOne();
    }

    @Test
    void keyThatIsAskedAbout_isWaitedFor_untilAllWhoAskHaveTold() throws Exception {
        Runnable first = asked.begin("a");
        Runnable second = asked.begin("a");
        Thread waiting = new Thread(() -> asked.await("a"));
        waiting.start();
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        first.run();
        first.run();
        await().during(Duration.ofMillis(50)).until(waiting::isAlive);
        second.run();
        waiting.join();
        assertThat(asked.size()).isZero();
    }

    @Test
    void keyThatWasAskedAboutLongAgo_isNotWaitedFor_norCountedWhenItsTellerIsDone() {
        Runnable slow = asked.begin("a");
        nanos.addAndGet(LONG.toNanos());
        asked.await("a");
        assertThat(asked.size()).isZero();
        Runnable again = asked.begin("a");
        slow.run();
        assertThat(asked.size()).isOne();
        again.run();
        assertThat(asked.size()).isZero();
    }

    @Test
    void whoeverWaits_doesSoNoLonger_whenTheThreadIsInterrupted() {
        asked.begin("a");
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            asked.await("a");
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        waiting.start();
        waiting.interrupt();
        assertThat(interrupted.join()).isTrue();
    }

    @Test
    void whatIsLeftBehind_goesByAndBy() {
        for (int i = 0; i < 1_000; i++) {
            asked.begin("k" + i);
        }
        nanos.addAndGet(LONG.toNanos());
        asked.begin("next");
        assertThat(asked.size()).isOne();
    }
}
