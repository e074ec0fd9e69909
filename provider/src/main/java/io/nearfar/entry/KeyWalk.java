package io.nearfar.entry;

import io.nearfar.InvalidationPace;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A walk over the keys of a cache as whoever asked for it sees it: its pace, what it has done so far, and whether it is still
 * wanted. One thread walks; any may look and cancel.
 */
public final class KeyWalk {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final InvalidationPace pace;
    private final Ending ending;
    private final LongSupplier nanoTime;
    private final AtomicLong looked = new AtomicLong();
    private final AtomicLong found = new AtomicLong();
    private final AtomicLong removed = new AtomicLong();
    private volatile boolean cancelled;
    private long due;

    /** Creates one that begins now, and removes what it finds. */
    public KeyWalk(InvalidationPace pace, LongSupplier nanoTime) {
        this(pace, Ending.HARD, nanoTime);
    }

    /** Creates one that begins now, and ends so what it finds. */
    public KeyWalk(InvalidationPace pace, Ending ending, LongSupplier nanoTime) {
        this.pace = pace;
        this.ending = ending;
        this.nanoTime = nanoTime;
        this.due = nanoTime.getAsLong();
    }

    /** Returns how many keys a server is to look at in one step. */
    public int pageSize() {
        return pace.pageSize();
    }

    /** Returns how entries are to end. */
    public Ending ending() {
        return ending;
    }

    /** A server has looked at so many keys. */
    public void looked(int keys) {
        looked.addAndGet(keys);
        long now = nanoTime.getAsLong();
        due = Math.max(0, due - now) + now + (long) ((double) keys * SECOND / pace.keysPerSecond());
    }

    /** So many keys were found to match. */
    public void found(int keys) {
        found.addAndGet(keys);
    }

    /** So many entries were removed, or ended. */
    public void removed(int entries) {
        removed.addAndGet(entries);
    }

    /** Returns by how much it is ahead of its pace, in nanoseconds; what was missed before is not made up for. */
    public long ahead() {
        return Math.max(0, due - nanoTime.getAsLong());
    }

    /** It is not wanted any more: it ends after the step that is under way. */
    public void cancel() {
        cancelled = true;
    }

    public boolean isCancelled() {
        return cancelled;
    }

    /** Returns how many keys servers have looked at, about. */
    public long looked() {
        return looked.get();
    }

    /** Returns how many keys were found to match. */
    public long found() {
        return found.get();
    }

    /** Returns how many entries were removed. */
    public long removed() {
        return removed.get();
    }
}
