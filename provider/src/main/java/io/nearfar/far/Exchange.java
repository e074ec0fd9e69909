package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.far.Session.Node;
import io.nearfar.observe.FarSignals;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.redisson.client.protocol.RedisCommand;

/**
 * What one call has with one server: a deadline, and questions with their answers. Used by one thread.
 */
final class Exchange {
    /** A key moves in less than a millisecond, a small slot in a few of them. */
    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(5);

    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

    private final Session session;
    private final Node node;
    private final String what;
    private final long deadlineNanos;
    private final long until;
    private final boolean telling;
    private final long began;
    private final FarSignals signals;

    /**
     * Begins an exchange; its deadline runs from now.
     *
     * @param what the call, for texts
     * @throws FarTierUnavailableException if the server is known not to answer
     */
    Exchange(Session session, Node node, String what, long deadlineNanos) {
        this(session, node, what, deadlineNanos, System.nanoTime() + deadlineNanos);
    }

    /**
     * Begins one of a call whose deadline has run since before. A server that does not answer within a small rest of it may
     * be merely slow; one that has most of the deadline and says nothing is out.
     */
    Exchange(Session session, Node node, String what, long deadlineNanos, long until) {
        this(session, node, what, deadlineNanos, until, FarSignals.UNWATCHED);
    }

    /** Begins likewise one that is counted. */
    Exchange(Session session, Node node, String what, long deadlineNanos, long until, FarSignals signals) {
        this(session, node, what, deadlineNanos, until, signals, true);
    }

    /**
     * Begins likewise one that may be one of many.
     *
     * @param mayTell whether silence is to say that the server is out
     */
    Exchange(
            Session session,
            Node node,
            String what,
            long deadlineNanos,
            long until,
            FarSignals signals,
            boolean mayTell) {
        LinkThread.refuse();
        this.session = session;
        this.node = node;
        this.what = what;
        this.deadlineNanos = deadlineNanos;
        this.until = until;
        this.signals = signals;
        this.began = System.nanoTime();
        this.telling = mayTell && until - began >= deadlineNanos / 2;
        if (node.master().breaker().isOpen()) {
            node.master().missed().increment();
            signals.failed(FarSignals.Failure.NOT_ASKED);
            throw Failures.kept(node.master());
        }
    }

    Master master() {
        return node.master();
    }

    long until() {
        return until;
    }

    CompletableFuture<List<Object>> ask(RedisCommand<List<Object>> command, Object... params) {
        return session.send(node, command, params);
    }

    /**
     * Returns the instant, on the server's clock, at which this exchange is given up; reads the clock if it never was.
     * As the server's clock shows at least {@link MasterClock#earliest}, nothing can happen after it.
     */
    long notAfter() {
        if (!master().clock().isKnown()) {
            readClock();
        }
        return master().clock().earliest() + TimeUnit.NANOSECONDS.toMicros(until - System.nanoTime());
    }

    /** Asks the server for its time. */
    void readClock() {
        long asked = System.nanoTime();
        List<Object> time = answer(ask(Session.TIME));
        master().clock().learn(asked, System.nanoTime(), Numbers.time(time));
    }

    /**
     * Returns the answer.
     *
     * @throws FarTierUnavailableException if there is none within the deadline, or an error
     */
    List<Object> answer(CompletableFuture<List<Object>> question) {
        Answer answer = await(question, until);
        if (answer.reply == null) {
            question.cancel(false);
            throw unavailable(answer.failure());
        }
        return answer.reply;
    }

    /** Returns the answer, or why there is none until then. Tells the breaker nothing. */
    Answer await(CompletableFuture<List<Object>> question, long untilThen) {
        try {
            return new Answer(Waiting.get(question, untilThen), null);
        } catch (TimeoutException e) {
            return new Answer(null, e);
        } catch (ExecutionException e) {
            return new Answer(null, e.getCause() == null ? e : e.getCause());
        }
    }

    /**
     * Like {@link #await}; asks again a few times while the server says that the key's slot is just moving. A large slot
     * moves for long, and then nobody is to pay a deadline for each call.
     */
    Answer await(
            CompletableFuture<List<Object>> question, long untilThen, Supplier<CompletableFuture<List<Object>>> again) {
        Answer answer = await(question, untilThen);
        long pause = FIRST_PAUSE;
        while (answer.cause() != null
                && Failures.isPassing(answer.cause())
                && pause <= LONGEST_PAUSE
                && untilThen - System.nanoTime() > pause) {
            Waiting.pause(pause);
            answer = await(again.get(), untilThen);
            pause *= 2;
        }
        return answer;
    }

    /** Counts that the caller has its answer. */
    void answered() {
        signals.answered(what, System.nanoTime() - began);
    }

    private static FarSignals.Failure kind(Throwable failure) {
        if (Failures.isRefusal(failure)) {
            return FarSignals.Failure.REFUSED;
        }
        return failure instanceof TimeoutException || Failures.isGivenUp(failure)
                ? FarSignals.Failure.TIMEOUT
                : FarSignals.Failure.CONNECTION;
    }

    /** Returns what the caller is told; where waiting was ended by us, the breaker is told nothing. */
    FarTierUnavailableException givenUp(Throwable failure) {
        return failure instanceof FarTierUnavailableException ended ? ended : unavailable(failure);
    }

    /** Tells the breaker of a failure and returns what the caller is told. */
    FarTierUnavailableException unavailable(Throwable failure) {
        signals.failed(kind(failure));
        if (!Failures.isRefusal(failure)) {
            master().missed().increment();
            if (mayBeOut(failure) && master().breaker().failed()) {
                master().tellOut(Failures.reason(failure, deadlineMillis()));
            }
        }
        return Failures.failed(what, master(), deadlineMillis(), failure);
    }

    private boolean mayBeOut(Throwable failure) {
        return failure instanceof TimeoutException ? telling : !isLost(failure);
    }

    /** Nobody knows whether the server has answered while the process stood still; the next one who asks will. */
    private boolean isLost(Throwable failure) {
        return Failures.isGivenUp(failure) && System.nanoTime() - until >= 0;
    }

    FarTierUnavailableException late() {
        signals.failed(FarSignals.Failure.LATE);
        return Failures.late(what, master(), deadlineMillis());
    }

    private long deadlineMillis() {
        return TimeUnit.NANOSECONDS.toMillis(deadlineNanos);
    }

    /** A reply, or why there is none. */
    record Answer(@Nullable List<Object> reply, @Nullable Throwable cause) {
        Throwable failure() {
            return cause == null ? new IllegalStateException("no failure") : cause;
        }
    }
}
