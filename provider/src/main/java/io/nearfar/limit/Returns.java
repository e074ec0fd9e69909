package io.nearfar.limit;

import io.nearfar.Quota;
import io.nearfar.far.Unspent;
import io.nearfar.observe.LimitSignals;
import io.nearfar.observe.LimitSignals.Fate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * All leases that are out, and the way back of what is left of them: a moment after they are over, or at once when the node is
 * closed. What cannot be given back counts far until its time is over there. Safe for use by several threads.
 */
final class Returns implements AutoCloseable {
    private static final long PERIOD_MILLIS = 100;

    private final LongSupplier nanoTime;
    private final Counter counter;
    private final Later later;
    private final LimitSignals signals;
    private final Queue<Lease> out = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean planned = new AtomicBoolean();

    /** Who counts far. */
    @FunctionalInterface
    interface Counter {
        /** Takes credits back; tells for each, in the same order, whether that was done. */
        List<Boolean> giveBack(List<Unspent> unspent);
    }

    /** Has something done in another thread. */
    @FunctionalInterface
    interface Later {
        /** Does it after so many milliseconds; refuses if it is closed. */
        void after(long millis, Runnable work);
    }

    Returns(LongSupplier nanoTime, Counter counter, Later later, LimitSignals signals) {
        this.nanoTime = nanoTime;
        this.counter = counter;
        this.later = later;
        this.signals = signals;
    }

    /** Adds a lease, also one again into which something was put back after it was over. */
    void add(Lease lease) {
        if (!lease.isSettled()) {
            signals.credits(name(lease), Fate.LEASED, lease.grant().credits());
        }
        out.add(lease);
        plan();
    }

    private void plan() {
        if (planned.compareAndSet(false, true)) {
            try {
                later.after(PERIOD_MILLIS, this::run);
            } catch (RejectedExecutionException e) { // closed: what is out is given back there
                planned.set(false);
            }
        }
    }

    private void run() {
        try {
            giveBack(false);
        } finally {
            planned.set(false);
            if (!out.isEmpty()) {
                plan();
            }
        }
    }

    private synchronized void giveBack(boolean all) {
        long now = nanoTime.getAsLong();
        List<Unspent> unspent = new ArrayList<>();
        for (Iterator<Lease> leases = out.iterator(); leases.hasNext(); ) {
            Lease lease = leases.next();
            if (all || lease.isOver(now)) {
                leases.remove();
                long rest = lease.settle(spent -> signals.credits(name(lease), Fate.SPENT, spent));
                if (rest > 0) {
                    unspent.add(new Unspent(lease.grant(), rest));
                }
            }
        }
        if (!unspent.isEmpty()) {
            tell(unspent, counter.giveBack(unspent));
        }
    }

    private void tell(List<Unspent> unspent, List<Boolean> givenBack) {
        for (int i = 0; i < unspent.size(); i++) {
            Unspent each = unspent.get(i);
            Quota quota = each.grant().quota();
            signals.credits(quota.limit().name(), givenBack.get(i) ? Fate.RETURNED : Fate.EXPIRED, each.credits());
        }
    }

    private static String name(Lease lease) {
        return lease.grant().quota().limit().name();
    }

    /** Gives back all that is out. */
    @Override
    public void close() {
        giveBack(true);
    }
}
