package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Entry;
import io.nearfar.entry.NeedsThreadException;
import io.nearfar.entry.Reply;
import io.nearfar.entry.Version;
import io.nearfar.near.NearLease;
import io.nearfar.near.NearTier;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is asked of the far tier without a thread that waits, beside what happens until the answer comes. */
class FillsTest {
    private final NearLease lease = new NearLease(Duration.ofSeconds(1), 0);
    private final NearTier<String, String> near = StillNearTier.under(lease);
    private final Fills<String, String> fills = new Fills<>(near, new TextKeys(), text -> 0);
    private final CompletableFuture<Answer<String>> answer = new CompletableFuture<>();
    private final CompletableFuture<Outcome<String>> outcome = new CompletableFuture<>();

    FillsTest() {
        lease.verified(0);
    }

    private static Entry<String> entry(long stamp) {
        return Entry.of(new TextFormat().keep("of " + stamp), new Version(stamp, 0), stamp, Entry.NEVER);
    }

    private static Outcome<String> written(long stamp) {
        Entry<String> now = entry(stamp);
        return new Outcome<>(new Reply<>(true, false, null, now, now.version()), true);
    }

    @Test
    void read_isKeptWhenItsAnswerComes() {
        CompletableFuture<Entry<String>> read = fills.readingLater("k", () -> answer);
        assertThat(read).isNotDone();
        answer.complete(Answer.far(entry(10)));
        assertThat(read).isCompletedWithValueMatching(entry -> entry.version().stamp() == 10);
        assertThat(near.get("k")).isNotNull();
        assertThat(near.pending()).isZero();
    }

    @Test
    void read_invalidatedUntilItsAnswerComes_isAnsweredAndNotKept() {
        CompletableFuture<Entry<String>> read = fills.readingLater("k", () -> answer);
        near.invalidate("k", new Version(11, 1));
        answer.complete(Answer.far(entry(10)));
        assertThat(read).isCompletedWithValueMatching(entry -> entry.version().stamp() == 10);
        assertThat(near.get("k")).as("older than what is known of the key").isNull();
        assertThat(near.pending()).isZero();
    }

    @Test
    void read_besideAnOwnWriteThatIsAnsweredFirst_doesNotBringBackTheOldValue() {
        CompletableFuture<Entry<String>> read = fills.readingLater("k", () -> answer);
        CompletableFuture<Reply<String>> write = fills.writingLater("k", () -> outcome);
        outcome.complete(written(11));
        assertThat(write).isCompleted();
        answer.complete(Answer.far(entry(10)));
        assertThat(read).isCompleted();
        assertThat(near.get("k")).isNotNull().extracting(Entry::version).isEqualTo(new Version(11, 0));
        assertThat(near.pending()).isZero();
    }

    @Test
    void write_thatNobodyKnowsTheOutcomeOf_leavesNothingNear() {
        near.complete(fills.begin("k"), entry(10));
        CompletableFuture<Reply<String>> write = fills.writingLater("k", () -> outcome);
        outcome.completeExceptionally(new IllegalStateException("lost"));
        assertThat(write).isCompletedExceptionally();
        assertThat(near.get("k")).isNull();
        assertThat(near.pending()).isZero();
    }

    @Test
    void write_thatHasToBeMadeAnew_changesNothingNear() {
        near.complete(fills.begin("k"), entry(10));
        CompletableFuture<Reply<String>> write = fills.writingLater("k", NeedsThreadException::failed);
        assertThat(write).isCompletedExceptionally();
        assertThat(near.get("k")).isNotNull();
        assertThat(near.pending()).isZero();
    }
}
