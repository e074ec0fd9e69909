package io.nearfar.tier;

import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * How the rows of one cache are come at.
 *
 * @param cache the cache's name
 * @param names what its rows are called
 * @param link asks the table
 * @param suspicions where rows may be that the far tier was not told of
 * @param patienceNanos how long the database is waited for
 * @param nanoTime by which it is told how long a call has asked
 */
record RowAccess(
        String cache,
        RowNames names,
        FallbackLink link,
        Suspicions suspicions,
        long patienceNanos,
        LongSupplier nanoTime) {
    /** How long whoever works in the background waits: for the sake of a slow database nobody else waits then. */
    private static final long BACKGROUND_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** So many rows may take as long as one question. */
    private static final int ROWS_PER_PATIENCE = 16;

    /** Asks for a caller that waits. */
    <T> T ask(Function<OutageTable, T> job) throws FallbackSilence {
        return link.ask(job, patienceNanos);
    }

    /** Asks for a caller that waits, of one row. */
    <T> T askLittle(Function<OutageTable, T> job) throws FallbackSilence {
        return link.askLittle(job, patienceNanos);
    }

    /** Asks for a caller that waits, of so many rows. */
    <T> T ask(int rows, Function<OutageTable, T> job) throws FallbackSilence {
        return link.ask(job, patienceNanos * (1 + rows / ROWS_PER_PATIENCE));
    }

    /** A call begins that may have many questions. */
    CallLimit call() {
        return new CallLimit(nanoTime, patienceNanos);
    }

    /** Has the rows of partitions forgotten, a few in each question: of many at once each would be taken for a failure. */
    void forget(BitSet partitions) throws FallbackSilence {
        CallLimit limit = call();
        Optional<String> next = Optional.of(RowNames.START);
        while (next.isPresent()) {
            limit.mustLast();
            String after = next.get();
            next = ask(table -> Optional.ofNullable(table.forget(names.scope(), partitions, after)));
        }
    }

    /** Returns the same for the background. */
    RowAccess patiently() {
        return new RowAccess(cache, names, link, suspicions, Math.max(patienceNanos, BACKGROUND_NANOS), nanoTime);
    }
}
