package io.nearfar.tier;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How long one call goes on to ask the fallback store, however many questions it has. Used by one thread. */
final class CallLimit {
    private static final int DEADLINES = 8;

    private final LongSupplier nanoTime;
    private final long until;
    private final long length;

    /** A call begins; a question of it may take so long. */
    CallLimit(LongSupplier nanoTime, long deadlineNanos) {
        this.nanoTime = nanoTime;
        this.length = DEADLINES * deadlineNanos;
        this.until = nanoTime.getAsLong() + length;
    }

    /** Tells whether it may ask once more. */
    boolean lasts() {
        return nanoTime.getAsLong() - until < 0;
    }

    /**
     * It is about to ask.
     *
     * @throws FallbackSilence if it has asked for long enough
     */
    void mustLast() throws FallbackSilence {
        if (!lasts()) {
            throw FallbackSilence.tooMuch("one call has more to ask for than is answered in "
                    + TimeUnit.NANOSECONDS.toMillis(length) + " ms");
        }
    }
}
