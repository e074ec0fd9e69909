package io.nearfar.far;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Who keeps losing. A thread whose commits to one version of a key lose again and again takes a lock on the key, which
 * the script that tells it of the last loss grants; other conditional commits wait for it, so that the loser's next
 * commit wins. The lock ends by itself, soon after that commit was to be expected: others wait behind it, also if its
 * owner has given up. Only versions count: a thread that polls for absence must not lock out the one it waits for. Safe for
 * use by several threads.
 */
final class Contest {
    /** So many losses in a row are chance; the next asks for the lock. */
    static final int LOSSES = 3;

    private static final long FORGET_NANOS = 1_000_000_000L;
    private static final int CROWD = 1_000;

    /** How long a lock lasts whose owner comes back at once. */
    private static final long BRIEF_MILLIS = 10;

    private final long longestMillis;
    private final LongSupplier nanoTime;
    private final ConcurrentMap<Long, Losses> losers = new ConcurrentHashMap<>();

    /** Creates one whose locks end after {@code longestMillis} at the latest, over a clock in nanoseconds. */
    Contest(long longestMillis, LongSupplier nanoTime) {
        this.longestMillis = longestMillis;
        this.nanoTime = nanoTime;
    }

    /** Returns this thread's losses of the key, none counting 0. */
    Losses losses(String text) {
        Losses losses = losers.get(me());
        return losses == null || !losses.text.equals(text) || isForgotten(losses)
                ? new Losses(text, "", 0, nanoTime.getAsLong())
                : losses;
    }

    /** Returns the losses of who has lost nothing, and counts nothing. */
    Losses none(String text) {
        return new Losses(text, "", 0, nanoTime.getAsLong());
    }

    private boolean isForgotten(Losses losses) {
        return nanoTime.getAsLong() - losses.since > FORGET_NANOS;
    }

    /**
     * Returns for how long a call that loses once more is to lock the key, in milliseconds; 0 for not yet. Whoever took its
     * time since the last loss, because a processor runs so long, will take it again.
     */
    long lockMillis(Losses losses) {
        if (losses.count + 1 < LOSSES) {
            return 0;
        }
        long thought = TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - losses.since);
        return Math.min(longestMillis, BRIEF_MILLIS + 2 * thought);
    }

    /** This thread has lost again. */
    void lost(Losses before) {
        if (losers.size() > CROWD) {
            losers.values().removeIf(this::isForgotten);
        }
        losers.put(me(), before.more(nanoTime.getAsLong()));
    }

    /** This thread is through. */
    void won(Losses before) {
        if (before.count > 0) {
            losers.remove(me());
        }
    }

    /** Returns how many threads are remembered. */
    int size() {
        return losers.size();
    }

    private static long me() {
        return Thread.currentThread().getId();
    }

    /**
     * What one thread lost in a row of one key.
     *
     * @param token by which its lock on the key is known; empty until it asks for one
     * @param since when it last lost
     */
    record Losses(String text, String token, int count, long since) {
        private Losses more(long now) {
            String lock = token.isEmpty() && count + 2 >= LOSSES
                    ? Long.toHexString(ThreadLocalRandom.current().nextLong() | 1L << 63)
                    : token;
            return new Losses(text, lock, count + 1, now);
        }
    }
}
