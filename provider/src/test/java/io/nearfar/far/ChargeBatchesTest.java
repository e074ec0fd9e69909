package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.Limit;
import io.nearfar.Quota;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What threads that charge one quota at the same time have of each other. The server is a fake whose answers are withheld. */
@Timeout(120)
class ChargeBatchesTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Quota QUOTA = new Limit("user", 100, Duration.ofHours(1)).of("a");
    private static final long LONG = Duration.ofSeconds(80).toNanos();
    private static final long SHORT = Duration.ofMillis(400).toNanos();

    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final List<Caller> callers = new ArrayList<>();
    private volatile boolean silent;
    private volatile @Nullable RuntimeException refusal;

    /** A question, which has an answer when the test gives one: how many of its requests fit. */
    private static final class Asked implements ChargeBatches.Question {
        private final Quota quota;
        private final long cost;
        private final int requests;
        private final long until;
        private final CompletableFuture<Integer> fitting = new CompletableFuture<>();

        Asked(Quota quota, long cost, int requests, long until) {
            this.quota = quota;
            this.cost = cost;
            this.requests = requests;
            this.until = until;
        }

        @Override
        public IntFunction<Counted> await() {
            try {
                int fits = Waiting.get(fitting, until);
                return number -> counted(number, fits);
            } catch (TimeoutException e) {
                return any -> Counted.nothing(new FarTierUnavailableException("nobody answers"));
            } catch (ExecutionException e) {
                throw new StackOverflowError("as told");
            }
        }

        private Counted counted(int number, int fits) {
            assertThat(number).isBetween(0, requests - 1);
            Standing standing = number < fits ? new Standing(number + 1, 0, 0) : new Standing(fits, 0, 5);
            return Counted.whole(List.of(quota), Verdict.of(0, List.of(standing)));
        }
    }

    private final class Server implements ChargeBatches.Counting {
        @Override
        public ChargeBatches.Question begin(Quota quota, long cost, int requests, long until) {
            RuntimeException refused = refusal;
            if (refused != null) {
                throw refused;
            }
            Asked question = new Asked(quota, cost, requests, until);
            asked.add(question);
            return question;
        }

        @Override
        public boolean isSilent(Quota quota) {
            return silent;
        }
    }

    /** A thread that charges one request. */
    private static final class Caller extends Thread {
        private final ChargeBatches batches;
        private final Quota quota;
        private final long cost;
        private final long until;
        private final CompletableFuture<Counted> counted = new CompletableFuture<>();
        private volatile boolean stillInterrupted;

        Caller(ChargeBatches batches, Quota quota, long cost, long until) {
            this.batches = batches;
            this.quota = quota;
            this.cost = cost;
            this.until = until;
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                Counted told = batches.charge(quota, cost, until);
                stillInterrupted = isInterrupted();
                counted.complete(told);
            } catch (Throwable e) {
                counted.completeExceptionally(e);
            }
        }

        long used() {
            return counted.join().verdict().standings().get(0).used();
        }

        boolean isAdmitted() {
            return counted.join().verdict().admitted();
        }
    }

    private Caller call(ChargeBatches batches, Quota quota, long cost, long until) {
        Caller caller = new Caller(batches, quota, cost, until);
        callers.add(caller);
        caller.start();
        await().atMost(SOON).until(() -> caller.getState() == Thread.State.TIMED_WAITING || caller.counted.isDone());
        return caller;
    }

    private Caller call(ChargeBatches batches) {
        return call(batches, QUOTA, 1, System.nanoTime() + LONG);
    }

    private ChargeBatches busy() {
        ChargeBatches batches = new ChargeBatches(new Server(), LONG);
        for (int i = 0; i < ChargeLine.AT_ONCE; i++) {
            call(batches);
        }
        assertThat(asked).hasSize(ChargeLine.AT_ONCE).allMatch(each -> each.requests == 1);
        return batches;
    }

    private Asked asked(int number) {
        await().atMost(SOON).until(() -> asked.size() > number);
        return asked.get(number);
    }

    private void answerAll() {
        await().atMost(SOON).until(() -> {
            asked.forEach(each -> each.fitting.complete(each.requests));
            return callers.stream().allMatch(caller -> caller.counted.isDone());
        });
    }

    @Test
    void whoIsAlone_goesAtOnce() {
        ChargeBatches batches = new ChargeBatches(new Server(), LONG);
        for (int i = 0; i < 3; i++) {
            long until = System.nanoTime() + LONG;
            Caller caller = call(batches, QUOTA, 2, until);
            Asked question = asked(i);
            assertThat(question.requests).isOne();
            assertThat(question.until).isEqualTo(until);
            assertThat(question.cost).isEqualTo(2);
            assertThat(batches.size()).isOne();
            question.fitting.complete(1);
            assertThat(caller.isAdmitted()).isTrue();
            assertThat(batches.size()).isZero();
        }
    }

    /** In the order in which they came; each is told of its own use. */
    @Test
    void whoComesMeanwhile_goesWithOneQuestion() {
        ChargeBatches batches = busy();
        List<Caller> waiting = new ArrayList<>();
        long earliest = System.nanoTime() + LONG * 4 / 5;
        for (int i = 0; i < 5; i++) {
            waiting.add(call(batches, QUOTA, 1, i == 2 ? earliest : System.nanoTime() + LONG));
        }
        assertThat(asked).hasSize(ChargeLine.AT_ONCE);
        asked(0).fitting.complete(1);
        Asked together = asked(ChargeLine.AT_ONCE);
        assertThat(together.requests).isEqualTo(5);
        assertThat(together.until).isEqualTo(earliest);
        together.fitting.complete(3);
        assertThat(waiting).extracting(Caller::isAdmitted).containsExactly(true, true, true, false, false);
        assertThat(waiting).extracting(Caller::used).containsExactly(1L, 2L, 3L, 3L, 3L);
        answerAll();
        assertThat(batches.size()).isZero();
        assertThat(asked).hasSize(ChargeLine.AT_ONCE + 1);
    }

    @Test
    void requestsThatDiffer_doNotWaitForEachOther() {
        ChargeBatches batches = busy();
        long until = System.nanoTime() + LONG;
        call(batches, QUOTA, 2, until);
        call(batches, QUOTA.limit().of("b"), 1, until);
        call(batches, new Limit("user", 99, Duration.ofHours(1)).of("a"), 1, until);
        assertThat(asked).hasSize(ChargeLine.AT_ONCE + 3);
        answerAll();
        assertThat(batches.size()).isZero();
    }

    /** Nobody answers it any more, or that would take the time of the others. */
    @Test
    void whoHasLittleTime_orASilentServer_goesAlone() {
        ChargeBatches batches = busy();
        call(batches, QUOTA, 1, System.nanoTime() + LONG / 2);
        assertThat(asked).hasSize(ChargeLine.AT_ONCE + 1);
        silent = true;
        call(batches);
        assertThat(asked).hasSize(ChargeLine.AT_ONCE + 2);
        answerAll();
        assertThat(batches.size()).isZero();
    }

    /** Neither the time of those who wait nor that of those who come is another's. */
    @Test
    void questionWithoutAnswer_holdsUpNobodyForLong() {
        ChargeBatches batches = new ChargeBatches(new Server(), SHORT);
        long until = System.nanoTime() + SHORT * 100; // a busy machine may take its time between two steps
        for (int i = 0; i < ChargeLine.AT_ONCE; i++) {
            call(batches, QUOTA, 1, until);
        }
        Caller first = call(batches, QUOTA, 1, until);
        asked(ChargeLine.AT_ONCE).fitting.complete(1);
        assertThat(first.isAdmitted()).isTrue();
        call(batches, QUOTA, 1, until);
        assertThat(asked).hasSizeBetween(ChargeLine.AT_ONCE + 2, ChargeLine.AT_ONCE + 3);
        answerAll();
        assertThat(batches.size()).isZero();
    }

    @Test
    void questionThatFails_hasNoAnswerForEachOfItsRequests() {
        ChargeBatches batches = new ChargeBatches(new Server(), SHORT);
        for (int i = 0; i < ChargeLine.AT_ONCE + 4; i++) {
            call(batches, QUOTA, 1, System.nanoTime() + SHORT);
        }
        assertThat(callers)
                .allSatisfy(caller ->
                        assertThat(caller.counted.join().failure()).isInstanceOf(FarTierUnavailableException.class));
        assertThat(batches.size()).isZero();
        Caller after = call(batches, QUOTA, 1, System.nanoTime() + LONG);
        asked.get(asked.size() - 1).fitting.complete(1);
        assertThat(after.isAdmitted()).isTrue();
    }

    /** Whatever becomes of the thread that asks for the others, none of them is left behind, and the next ones are asked about. */
    @Test
    void threadThatFails_leavesNobodyBehind() {
        ChargeBatches batches = busy();
        List<Caller> waiting = List.of(call(batches), call(batches), call(batches));
        asked(0).fitting.complete(1);
        Asked together = asked(ChargeLine.AT_ONCE);
        List<Caller> next = List.of(call(batches), call(batches));
        together.fitting.completeExceptionally(new IllegalStateException("overflows"));
        assertThat(waiting.get(0).counted)
                .failsWithin(SOON)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(StackOverflowError.class);
        assertThat(waiting.get(1).counted.join().failure()).hasMessageContaining("has ended");
        assertThat(waiting.get(2).counted.join().failure()).hasMessageContaining("has ended");
        Asked further = asked(ChargeLine.AT_ONCE + 1);
        assertThat(further.requests).isEqualTo(2);
        answerAll();
        assertThat(next).allMatch(Caller::isAdmitted);
        assertThat(batches.size()).isZero();
    }

    /** Who begins the question of others is not told of its failure. */
    @Test
    void questionThatCannotBeBegun_isNoConcernOfWhoBeginsIt() {
        ChargeBatches batches = busy();
        List<Caller> waiting = List.of(call(batches), call(batches));
        refusal = new IllegalStateException("refused");
        asked(0).fitting.complete(1);
        assertThat(callers.get(0).isAdmitted()).isTrue();
        assertThat(waiting.get(0).counted)
                .failsWithin(SOON)
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("refused");
        assertThat(waiting.get(1).counted.join().failure()).hasMessageContaining("has ended");
        refusal = null;
        answerAll();
        assertThat(batches.size()).isZero();
    }

    @Test
    void interrupts_areKeptForLater() {
        ChargeBatches batches = busy();
        List<Caller> waiting = List.of(call(batches), call(batches), call(batches));
        waiting.forEach(Thread::interrupt);
        asked(0).fitting.complete(1);
        asked(ChargeLine.AT_ONCE).fitting.complete(3);
        assertThat(waiting).allMatch(Caller::isAdmitted).allMatch(caller -> caller.stillInterrupted);
        answerAll();
    }

    /** Whoever has none of its own waits in no line that is full: so many go at once. */
    @Test
    void manyAtOnce_areAskedAboutInBatchesOfABoundedSize() {
        ChargeBatches batches = busy();
        for (int i = 0; i < ChargeLine.LARGEST + 1; i++) {
            call(batches);
        }
        assertThat(asked(ChargeLine.AT_ONCE).requests).isEqualTo(ChargeLine.LARGEST);
        assertThat(asked).hasSize(ChargeLine.AT_ONCE + 1);
        answerAll();
        assertThat(asked.get(ChargeLine.AT_ONCE + 1).requests).isOne();
        assertThat(callers).allMatch(Caller::isAdmitted);
        assertThat(batches.size()).isZero();
    }
}
