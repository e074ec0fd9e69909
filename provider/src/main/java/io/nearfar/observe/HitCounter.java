package io.nearfar.observe;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts what happens so often that an atomic addition would be a good part of its cost: each thread has a cell that it alone
 * writes, without an atomic operation. Exact: whoever knows that a thread has counted, by the rules of the memory model, reads
 * it in the sum; anybody else reads it soon.
 *
 * <p>It also says which of what is counted is to be looked at closely, one in {@value #ONE_IN} by chance. A cell knows the count
 * at which that will be, so that the others cost a comparison and no random number.
 *
 * <p>A thread finds its cell by its {@link Thread#getId() id}. Where the place is another's that still lives, it counts in one
 * cell that all such share, which is as fast as any atomic counter. Safe for use by several threads.
 */
public final class HitCounter {
    /** Of so many, one is due to be looked at closely. */
    public static final int ONE_IN = 256;

    private static final double LOG_OF_PASSING = Math.log1p(-1.0 / ONE_IN);
    private static final int PLACES = 64;

    /** How often a thread that shares looks whether its place is free, in counts of all that share. */
    private static final int LOOK = 64;

    private final AtomicReferenceArray<@Nullable Cell> cells = new AtomicReferenceArray<>(PLACES);
    private final BooleanSupplier each;
    private final Cell shared;
    private long retired;

    /** Creates a counter that is at 0. */
    public HitCounter() {
        this(() -> false);
    }

    /**
     * Creates a counter that is at 0.
     *
     * @param each tells whether each is to be looked at closely just now; asked again after {@link #lookAtEach}
     */
    public HitCounter(BooleanSupplier each) {
        this.each = each;
        this.shared = new Cell(null, each);
    }

    /** What one thread has counted, or those that share. The padding keeps cells of threads out of each other's cache lines. */
    @SuppressWarnings("unused")
    public static final class Cell {
        private static final VarHandle COUNT = handle("count");
        private static final VarHandle DUE = handle("due");
        private static final long NOBODY = -1;
        private static final long NOW = Long.MIN_VALUE;
        /** Nothing is due until who has the chosen one has drawn. */
        private static final long TAKEN = Long.MAX_VALUE;

        private long before1;
        private long before2;
        private long before3;
        private long before4;
        private long before5;
        private long before6;
        private volatile long count;
        /** What is counted above that is to be looked at closely. */
        private volatile long due = NOW;

        private final long owner;
        private long after1;
        private long after2;
        private long after3;
        private long after4;
        private long after5;
        private long after6;
        private final @Nullable WeakReference<Thread> thread;
        private final BooleanSupplier each;

        private Cell(@Nullable Thread thread, BooleanSupplier each) {
            this.owner = thread == null ? NOBODY : thread.getId();
            this.thread = thread == null ? null : new WeakReference<>(thread);
            this.each = each;
        }

        private static VarHandle handle(String field) {
            try {
                return MethodHandles.lookup().findVarHandle(Cell.class, field, long.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        /** Tells whether what comes next is to be looked at closely; {@link #looked} then says that it was. */
        public boolean isDue() {
            return (long) COUNT.getOpaque(this) >= (long) DUE.getOpaque(this);
        }

        /** Counts one that was not due, or was {@link #looked} at. */
        public void increment() {
            count(1);
        }

        private void count(long number) {
            if (owner == NOBODY) {
                COUNT.getAndAdd(this, number);
            } else {
                COUNT.setOpaque(this, (long) COUNT.getOpaque(this) + number);
            }
        }

        /**
         * Ends a close look; what was looked at is counted after it.
         *
         * @return for how many it stands: 0 if it would not have been looked at, were not each
         */
        public int looked() {
            boolean chosen = isChosen(due);
            draw(count + 1);
            return chosen ? ONE_IN : 0;
        }

        /** Of threads that share, and have found the same one due, one alone has the chosen one. */
        private boolean isChosen(long since) {
            if (since == NOW) {
                return ThreadLocalRandom.current().nextInt(ONE_IN) == 0;
            }
            return owner != NOBODY || (since != TAKEN && DUE.compareAndSet(this, since, TAKEN));
        }

        /** Chance has no memory, so that what was counted before says nothing of what is due. */
        private void draw(long counted) {
            double chance = 1 - ThreadLocalRandom.current().nextDouble();
            due = counted + (long) (Math.log(chance) / LOG_OF_PASSING);
            if (each.getAsBoolean()) { // asked last, or whoever has just changed that would be forgotten
                due = NOW;
            }
        }

        /** Tells whether its owner may still count. What a thread that has ended wrote is seen by whoever is told so here. */
        private boolean isOwned() {
            Thread owning = thread == null ? null : thread.get();
            return owning != null && owning.isAlive();
        }
    }

    /** Counts one in a counter of which nobody asks what is due. */
    public void increment() {
        add(1);
    }

    /** Counts so many in a counter of which nobody asks what is due. */
    public void add(long number) {
        mine().count(number);
    }

    /** Returns where the current thread counts just now; for that thread alone, and for what it is in the midst of. */
    public Cell mine() {
        Thread thread = Thread.currentThread();
        long id = thread.getId();
        Cell cell = cells.getPlain(place(id));
        return cell != null && cell.owner == id ? cell : taken(thread, place(id));
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
        Cell made = new Cell(thread, each);
        if (!replaces(made, held, place)) {
            return shared;
        }
        made.draw(0);
        return made;
    }

    private synchronized boolean replaces(Cell made, @Nullable Cell held, int place) {
        boolean replaced = cells.compareAndSet(place, held, made);
        if (replaced && held != null) {
            retired += held.count;
        }
        return replaced;
    }

    /** Lets each be looked at closely, in every thread, until it is said that not each is. */
    public void lookAtEach() {
        shared.due = Cell.NOW;
        for (int place = 0; place < PLACES; place++) {
            Cell cell = cells.get(place);
            if (cell != null) {
                cell.due = Cell.NOW;
            }
        }
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
