package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChoresTest {
    private final Chores chores = new Chores();
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private final List<String> done = new ArrayList<>();

    /** The end comes by a chore, which is added by another. */
    @Test
    void whoWaits_doesWhatThereIs_inItsOrder() {
        chores.add(() -> {
            done.add("first");
            chores.add(() -> end.complete("by a chore"));
        });
        chores.add(() -> done.add("second"));
        chores.doUntil(end);
        assertThat(done).containsExactly("first", "second");
        assertThat(end).isCompletedWithValue("by a chore");
    }

    @Test
    void end_thatComesBySomebodyElse_isNoticed() {
        new Thread(() -> end.completeExceptionally(new IllegalStateException("no"))).start();
        chores.doUntil(end);
        assertThat(end).isCompletedExceptionally();
    }

    @Test
    void end_thatHasCome_isNotWaitedFor() {
        end.complete("before");
        chores.add(() -> done.add("late"));
        chores.doUntil(end);
        assertThat(done).isEmpty();
    }

    @Test
    void interrupt_isKeptForLater() {
        Thread.currentThread().interrupt();
        chores.add(() -> end.complete("done"));
        chores.doUntil(end);
        assertThat(Thread.interrupted()).isTrue();
    }
}
