package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.NeedsThreadException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Waiting without a thread, by a clock and a timer of the test. */
class AwaitingTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long UNTIL = 50 * MILLI;

    private long now;
    private final Timer timer = new Timer();
    private final ExecutorService waiters = Executors.newSingleThreadExecutor();
    private final Awaiting awaiting = new Awaiting(timer, Runnable::run, waiters, () -> now);
    private final CompletableFuture<String> question = new CompletableFuture<>();
    private final CompletableFuture<String> answer = awaiting.within(question, UNTIL);

    /** Does what is due when the test says what time it is. */
    private final class Timer extends ScheduledThreadPoolExecutor {
        private final List<Due> all = new ArrayList<>();

        Timer() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
            all.add(new Due(now + unit.toNanos(delay), work));
            return super.schedule(() -> {}, 1, TimeUnit.DAYS);
        }

        /** Does it, and what is due then by that. */
        void goOff(long millis) {
            now = millis * MILLI;
            for (List<Due> due = due(); !due.isEmpty(); due = due()) {
                all.removeAll(due);
                due.forEach(each -> each.work().run());
            }
        }

        private List<Due> due() {
            return all.stream().filter(each -> each.instant() - now <= 0).toList();
        }
    }

    private record Due(long instant, Runnable work) {}

    @AfterEach
    void stop() {
        timer.shutdownNow();
        waiters.shutdownNow();
    }

    private static @Nullable Throwable failure(CompletableFuture<?> stage) {
        return stage.handle((value, failure) -> failure).join();
    }

    @Test
    void silence_inTime_isToldAtOnce() {
        timer.goOff(45);
        timer.goOff(50);
        assertThat(failure(answer)).isInstanceOf(TimeoutException.class);
        assertThat(awaiting.pending()).isZero();
    }

    /** The process stands still from before the look until then: what has come meanwhile is not read yet. */
    @ParameterizedTest
    @ValueSource(longs = {48, 49, 52, 120})
    void whoStoodStill_readsWhatCameMeanwhile(long until) {
        timer.goOff(until);
        timer.goOff(Math.max(until, 50));
        assertThat(answer).as("while it is looked").isNotDone();
        question.complete("read late");
        assertThat(answer).isCompletedWithValue("read late");
    }

    @Test
    void whoStoodStill_looksOnce() {
        timer.goOff(49);
        timer.goOff(50);
        timer.goOff(54);
        assertThat(answer).isNotDone();
        timer.goOff(55);
        assertThat(failure(answer)).isInstanceOf(TimeoutException.class);
    }

    @Test
    void whoStoodStillBetweenTheTwo_readsWhatCameMeanwhile() {
        timer.goOff(45);
        timer.goOff(60);
        assertThat(answer).isNotDone();
        question.complete("read late");
        assertThat(answer).isCompletedWithValue("read late");
    }

    /** It is no sign of a server that is away. */
    @Test
    void close_endsTheWait_andSaysNothingOfTheServer() {
        awaiting.close();
        assertThat(failure(answer))
                .isInstanceOf(FarTierUnavailableException.class)
                .hasMessageContaining("closed before");
        assertThat(failure(awaiting.within(new CompletableFuture<String>(), UNTIL)))
                .isInstanceOf(FarTierUnavailableException.class);
        assertThat(awaiting.pending()).isZero();
    }

    @Test
    void whatNeedsAThread_whenThereAreNoneAnyMore_isUnavailable() {
        waiters.shutdownNow();
        assertThat(NeedsThreadException.cause(
                        failure(awaiting.orInThread(NeedsThreadException.failed(), () -> "wholly"))))
                .isInstanceOf(FarTierUnavailableException.class)
                .hasMessageContaining("closed before");
    }
}
