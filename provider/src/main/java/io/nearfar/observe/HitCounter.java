package io.nearfar.observe;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Counts what happens so often that an atomic addition would be a good part of its cost: each thread has a cell that it alone
 * writes, without an atomic operation. Exact: whoever knows that a thread has counted, by the rules of the memory model, reads
 * it in the sum; anybody else reads it soon.
 *
 * <p>A thread finds its cell by its {@link Thread#getId() id}. Where the place is another's that still lives, it counts in one
 * cell that all such share, which is as fast as any atomic counter. Safe for use by several threads.
 */
public final class HitCounter {
    private static final int PLACES = 64;

    /** How often a thread that shares looks whether its place is free, in counts of all that share. */
    private static final int LOOK = 64;

    private final AtomicReferenceArray<@Nullable Cell> cells = new AtomicReferenceArray<>(PLACES);
    private final Cell shared = new Cell(null);
    private long retired;

    /** What one thread has counted, or those that share. The padding keeps cells of threads out of each other's cache lines. */
    @SuppressWarnings("unused")
    private static final class Cell {
        private static final VarHandle COUNT = handle();
        private static final long NOBODY = -1;

        private long before1;
        private long before2;
        private long before3;
        private long before4;
        private long before5;
        private long before6;
        private volatile long count;
        private final long owner;
        private long after1;
        private long after2;
        private long after3;
        private long after4;
        private long after5;
        private long after6;
        private final @Nullable WeakReference<Thread> thread;

        Cell(@Nullable Thread thread) {
            this.owner = thread == null ? NOBODY : thread.getId();
            this.thread = thread == null ? null : new WeakReference<>(thread);
        }

        private static VarHandle handle() {
            try {
                return MethodHandles.lookup().findVarHandle(Cell.class, "count", long.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        void add(long number) {
            if (owner == NOBODY) {
                COUNT.getAndAdd(this, number);
            } else {
                COUNT.setOpaque(this, (long) COUNT.getOpaque(this) + number);
            }
        }

        /** Tells whether its owner may still count. What a thread that has ended wrote is seen by whoever is told so here. */
        boolean isOwned() {
            Thread owning = thread == null ? null : thread.get();
            return owning != null && owning.isAlive();
        }
    }

    /** Counts one. */
    public void increment() {
        add(1);
    }

    /** Counts so many. */
    public void add(long number) {
        Thread thread = Thread.currentThread();
        long id = thread.getId();
        Cell cell = cells.getPlain(place(id));
        if (cell == null || cell.owner != id) {
            cell = taken(thread, place(id));
        }
        cell.add(number);
    }

    private static int place(long id) {
        return (int) id & PLACES - 1;
    }

    private Cell taken(Thread thread, int place) {
        Cell held = cells.get(place);
        boolean looks = held == null || (shared.count & LOOK - 1) == 0;
        if (!looks || (held != null && held.isOwned())) {
            return shared;
        }
        Cell made = new Cell(thread);
        return replaces(made, held, place) ? made : shared;
    }

    private synchronized boolean replaces(Cell made, @Nullable Cell held, int place) {
        boolean replaced = cells.compareAndSet(place, held, made);
        if (replaced && held != null) {
            retired += held.count;
        }
        return replaced;
    }

    /** Returns how many were counted. */
    public synchronized long sum() {
        long sum = retired + shared.count;
        for (int place = 0; place < PLACES; place++) {
            Cell cell = cells.get(place);
            sum += cell == null ? 0 : cell.count;
        }
        return sum;
    }
}
