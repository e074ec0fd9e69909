package io.nearfar.tier;

import io.nearfar.resilience.Backoff;
import io.nearfar.resilience.Breaker;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the table of the fallback store in threads of its own: callers wait for a limited time only, and their transactions
 * have no part in it. After one failure the table is left alone until a probe succeeds. Safe for use by several threads.
 */
final class FallbackLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FallbackLink.class);
    private static final int THREADS = 8;

    /** A question that any table answers at once. */
    private static final Function<OutageTable, List<OutageRow>> SMALL = table -> table.find(List.of("none"));

    /** How long what is under way at the end may still have the connections. */
    private static final long CLOSE_MILLIS = 1_000;

    private static final String CLOSED = "the manager is closed";
    private static final long TOLD_AGAIN_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final Backoff BACKOFF = new Backoff(
            TimeUnit.MILLISECONDS.toNanos(250),
            TimeUnit.SECONDS.toNanos(5),
            () -> ThreadLocalRandom.current().nextDouble());

    private final String prefix;
    private final OutageTable table;
    private final Breaker breaker = new Breaker(System::nanoTime, BACKOFF);
    private final ScheduledExecutorService threads = Timers.create("fallback", THREADS);
    private final ScheduledExecutorService probe = Timers.create("fallback-probe", 1);
    private final News refusals = new News(TOLD_AGAIN_NANOS);
    private final Set<Future<?>> awaited = ConcurrentHashMap.newKeySet();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile long silentSince;

    /** Creates one; {@code prefix} is for its lines of the log. */
    FallbackLink(String prefix, OutageTable table) {
        this.prefix = prefix;
        this.table = table;
    }

    /** Tells whether the table is left alone. */
    boolean isSilent() {
        return breaker.isOpen();
    }

    /** Returns for how long it has been left alone, in nanoseconds; 0 if it is not. */
    long silentNanos() {
        return isSilent() ? Math.max(0, System.nanoTime() - silentSince) : 0;
    }

    /**
     * Returns what the job makes of the table.
     *
     * @param nanos how long this waits at most; a statement that was begun may still be carried out later
     * @throws FallbackSilence if the table does not do its part in time, or is left alone
     */
    <T> T ask(Function<OutageTable, T> job, long nanos) throws FallbackSilence {
        return asked(job, nanos, true);
    }

    /** Like {@link #ask}, for what is no more than one row: what takes too long then has failed. */
    <T> T askLittle(Function<OutageTable, T> job, long nanos) throws FallbackSilence {
        return asked(job, nanos, false);
    }

    private <T> T asked(Function<OutageTable, T> job, long nanos, boolean much) throws FallbackSilence {
        if (breaker.isOpen()) {
            throw FallbackSilence.notAsked("the fallback store does not answer and was not asked");
        }
        try {
            return answer(job, nanos, much);
        } catch (FallbackSilence e) {
            tellOut(e.isFailure() && !closed.get() && breaker.failed(), e);
            throw e;
        }
    }

    /** Asks a table that is left alone whether it answers again, if it is time for that. */
    void probe(long nanos) {
        if (!breaker.isOpen() || !breaker.admitsProbe()) {
            return;
        }
        long sentAt = System.nanoTime();
        try {
            answer(SMALL, nanos, false);
            tellBack(breaker.answered(sentAt));
        } catch (FallbackSilence e) {
            LOG.debug("{}: the fallback store still does not answer: {}", prefix, e.getMessage());
            breaker.failedProbe();
        }
    }

    private <T> T answer(Function<OutageTable, T> job, long nanos, boolean much) throws FallbackSilence {
        long until = System.nanoTime() + nanos;
        Future<T> answer = begun(threads, job, until);
        try {
            return get(answer, until);
        } catch (CancellationException e) {
            throw FallbackSilence.notAsked(CLOSED);
        } catch (TimeoutException e) {
            answer.cancel(false); // an interrupt would close the files of an embedded database
            throw tooLong("no answer within " + TimeUnit.NANOSECONDS.toMillis(nanos) + " ms", nanos, much);
        } catch (ExecutionException e) {
            String why = reason(e.getCause());
            if (e.getCause() instanceof OutageRefusalException) {
                throw FallbackSilence.refused(why);
            }
            throw System.nanoTime() - until < 0 ? FallbackSilence.failed(why) : tooLong(why, nanos, much);
        }
    }

    /** What takes long may just be much: a table that answers something small meanwhile has not failed. */
    private FallbackSilence tooLong(String why, long nanos, boolean much) {
        return much && answersAnything(nanos) ? FallbackSilence.tooMuch(why) : FallbackSilence.failed(why);
    }

    /** Asks in a thread that nothing large can keep. */
    private boolean answersAnything(long nanos) {
        long until = System.nanoTime() + nanos;
        Future<?> answer = null;
        try {
            answer = begun(probe, SMALL, until);
            get(answer, until);
            return true;
        } catch (CancellationException | TimeoutException | ExecutionException | FallbackSilence e) {
            if (answer != null) {
                answer.cancel(false);
            }
            return false;
        }
    }

    /** An interrupted caller waits all the same: without the answer it would believe what the table contradicts. */
    private <T> T get(Future<T> answer, long until) throws TimeoutException, ExecutionException {
        boolean interrupted = false;
        awaited.add(answer);
        try {
            giveUpIfClosed(answer);
            while (true) {
                try {
                    return answer.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            awaited.remove(answer);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void giveUpIfClosed(Future<?> answer) {
        if (closed.get()) {
            answer.cancel(false);
        }
    }

    private <T> Future<T> begun(ExecutorService by, Function<OutageTable, T> job, long until) throws FallbackSilence {
        try {
            return by.submit(() -> done(job, until));
        } catch (RejectedExecutionException e) {
            throw FallbackSilence.notAsked(CLOSED);
        }
    }

    private <T> T done(Function<OutageTable, T> job, long until) {
        underWay.incrementAndGet();
        try {
            return job.apply(new TimedTable(table, until));
        } finally {
            underWay.decrementAndGet();
        }
    }

    private static String reason(@Nullable Throwable cause) {
        return cause instanceof OutageTableException ? String.valueOf(cause.getMessage()) : String.valueOf(cause);
    }

    /** Something that the store was told this node has to remember by itself; says so if the store goes on to serve. */
    void notTaken(FallbackSilence why) {
        if (why.isRefusal() && refusals.isNews(System.nanoTime())) {
            LOG.warn(
                    "NF0415 {}: the fallback store does not take an entry, and this node remembers it by itself: {}",
                    prefix,
                    why.getMessage());
        }
    }

    private void tellOut(boolean opened, FallbackSilence why) {
        if (opened) {
            silentSince = System.nanoTime();
            LOG.warn(
                    "NF0411 {}: the fallback store does not answer, and outages are gone through without it until it does:"
                            + " {}",
                    prefix,
                    why.getMessage());
        }
    }

    private void tellBack(long nanos) {
        if (nanos >= 0) {
            LOG.info(
                    "NF0412 {}: the fallback store answers again after {} ms",
                    prefix,
                    TimeUnit.NANOSECONDS.toMillis(nanos));
        }
    }

    /**
     * Frees threads and connections; whoever waits for an answer gets none. What is under way, maybe on a table that says
     * nothing, nobody waits for: the connections go when it has ended, or after a second.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            threads.shutdown(); // without interrupts, as above
            probe.shutdown();
            awaited.forEach(answer -> answer.cancel(false));
            closeTable();
        }
    }

    private void closeTable() {
        if (underWay.get() == 0) {
            table.close();
            return;
        }
        ScheduledExecutorService last = Timers.create("fallback-close", 1);
        last.execute(this::closeTableLater);
        last.shutdown();
    }

    private void closeTableLater() {
        try {
            threads.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        table.close();
    }
}
