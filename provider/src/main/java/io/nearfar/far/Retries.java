package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.resilience.Backoff;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Asks a server again that does not answer for a moment: for a few seconds at a time, and not for much longer in all the time
 * that the same work takes. Used by one thread.
 */
final class Retries {
    static final long MOST_AT_ONCE = TimeUnit.SECONDS.toNanos(5);
    static final long MOST_IN_ALL = TimeUnit.SECONDS.toNanos(30);

    private static final long FIRST_WAIT = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private final LongConsumer pause;
    private final Backoff backoff;
    private long left = MOST_IN_ALL;

    /**
     * Creates them for one work.
     *
     * @param pause lets so many nanoseconds go by
     * @param backoff how long, before the next question
     */
    Retries(LongSupplier nanoTime, LongConsumer pause, Backoff backoff) {
        this.nanoTime = nanoTime;
        this.pause = pause;
        this.backoff = backoff;
    }

    /** Creates them for one work that lets time go by in its own way. */
    static Retries pausing(LongConsumer pause) {
        return new Retries(
                System::nanoTime,
                pause,
                new Backoff(
                        FIRST_WAIT,
                        LONGEST_WAIT,
                        () -> ThreadLocalRandom.current().nextDouble()));
    }

    /**
     * Returns the answer.
     *
     * @param again what is asked after a failure
     * @throws FarTierUnavailableException of the last question, if there is none in time
     */
    <T> T answer(Supplier<T> question, Supplier<T> again) {
        try {
            return question.get();
        } catch (FarTierUnavailableException e) {
            return answerAgain(again, e);
        }
    }

    private <T> T answerAgain(Supplier<T> again, FarTierUnavailableException first) {
        FarTierUnavailableException last = first;
        long begun = nanoTime.getAsLong();
        long allowed = Math.min(left, MOST_AT_ONCE);
        try {
            for (int failures = 1; nanoTime.getAsLong() - begun < allowed; failures++) {
                pause.accept(backoff.nanos(failures));
                try {
                    return again.get();
                } catch (FarTierUnavailableException e) {
                    last = e;
                }
            }
            throw last;
        } finally {
            left -= nanoTime.getAsLong() - begun;
        }
    }
}
