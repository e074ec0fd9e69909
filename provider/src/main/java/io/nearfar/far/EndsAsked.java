package io.nearfar.far;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * The keys of one cache about which this node is asking a script that may find their entries ended, until its listeners were told of
 * that. What another node does after such an end comes as a message, which may be quicker than the answer of the script: then it waits
 * here, or listeners would hear of what took the entry's place first, and of its end not at all. Nobody waits for long: whoever is told
 * may take its time, and what is asked in vain is asked by somebody else. Safe for use by several threads.
 */
final class EndsAsked {
    /** As long as a writer of this node is waited for, and an answer may take. */
    private static final Duration LONGEST = Duration.ofMillis(500);

    /** Beyond, what somebody has left behind is looked for. */
    private static final int MANY = 1_000;

    private final Map<String, Asked> asked = new HashMap<>();
    private final LongSupplier nanoTime;
    private final long longestNanos;

    /** Questions about one key. */
    private static final class Asked {
        private int count;
        private long since;
    }

    EndsAsked() {
        this(System::nanoTime, LONGEST);
    }

    /** Creates one in which nobody waits longer. */
    EndsAsked(LongSupplier nanoTime, Duration longest) {
        this.nanoTime = nanoTime;
        this.longestNanos = longest.toNanos();
    }

    /**
     * Notes that a script is about to be asked about a key.
     *
     * @param text that of the key
     * @return to be run when listeners were told, or need not be; more than once has no effect
     */
    synchronized Runnable begin(String text) {
        long now = nanoTime.getAsLong();
        if (asked.size() >= MANY) {
            asked.values().removeIf(each -> isStale(each, now));
        }
        Asked about = asked.computeIfAbsent(text, any -> new Asked());
        about.count++;
        about.since = now;
        AtomicBoolean ended = new AtomicBoolean();
        return () -> {
            if (ended.compareAndSet(false, true)) {
                end(text, about);
            }
        };
    }

    private synchronized void end(String text, Asked about) {
        about.count--;
        if (about.count == 0) {
            asked.remove(text, about);
            notifyAll();
        }
    }

    /** Waits until nobody asks about a key any more, or has done so for long; then it is not waited for again. */
    synchronized void await(String text) {
        for (Asked about = asked.get(text); about != null; about = asked.get(text)) {
            long left = longestNanos - (nanoTime.getAsLong() - about.since);
            if (left <= 0) {
                asked.remove(text, about);
                return;
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private boolean isStale(Asked about, long now) {
        return now - about.since >= longestNanos;
    }

    /** Returns about how many keys somebody asks; 0 after quiet. */
    synchronized int size() {
        return asked.size();
    }
}
