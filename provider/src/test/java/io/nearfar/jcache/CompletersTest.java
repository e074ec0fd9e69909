package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is waited for when a cache is closed whose views share its threads. */
@Timeout(30)
class CompletersTest {
    private final Completers completers = new Completers(new Background(Thread::new, 1));

    @Test
    void who_sharesTheThreads_waitsForItsOwnAnswersAlone() {
        try (completers) {
            Completers view = completers.apart();
            completers.expect();
            long begun = System.nanoTime();
            view.awaitAnswers(TimeUnit.SECONDS.toNanos(60));
            view.expect();
            view.expectNoMore();
            view.awaitAnswers(TimeUnit.SECONDS.toNanos(60));
            completers.awaitAnswers(TimeUnit.MILLISECONDS.toNanos(1));
            assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
