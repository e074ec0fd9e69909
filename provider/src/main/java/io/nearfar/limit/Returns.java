package io.nearfar.limit;

import io.nearfar.Quota;
import io.nearfar.far.GivenBack;
import io.nearfar.far.Unspent;
import io.nearfar.observe.LimitSignals;
import io.nearfar.observe.LimitSignals.Fate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * All leases that are out, and the way back of what is left of them: a moment after they are over, or at once when the node is
 * closed. What cannot be given back counts far until its time is over there. Safe for use by several threads.
 */
final class Returns implements AutoCloseable {
    private static final long PERIOD_MILLIS = 100;

    /** So many are sent before the first of their answers is waited for: whoever decides meanwhile stands behind them. */
    private static final int AT_ONCE = 200;

    /** For no longer than this at a time; a server that is slow, or one of several that is silent, is not to hold up a close. */
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private final Counter counter;
    private final LimitSignals signals;
    private final Queue<Lease> out = new ConcurrentLinkedQueue<>();
    private final Errand errand;

    /** Who counts far. */
    @FunctionalInterface
    interface Counter {
        /** Takes credits back; tells for each, in the same order, what became of them. */
        List<GivenBack> giveBack(List<Unspent> unspent);
    }

    Returns(LongSupplier nanoTime, Counter counter, Later later, LimitSignals signals) {
        this.nanoTime = nanoTime;
        this.counter = counter;
        this.signals = signals;
        this.errand = new Errand(later, PERIOD_MILLIS, () -> giveBack(false), () -> !out.isEmpty());
    }

    /** Adds a lease, also one again into which something was put back after it was over. */
    void add(Lease lease) {
        if (!lease.isSettled()) {
            signals.credits(name(lease), Fate.LEASED, lease.grant().credits());
        }
        out.add(lease);
        errand.plan();
    }

    /** What is left when nobody has answered stays for the next time, if there is one. */
    private synchronized void giveBack(boolean all) {
        long now = nanoTime.getAsLong();
        boolean goesOn = true;
        List<Unspent> unspent = new ArrayList<>();
        for (Iterator<Lease> leases = out.iterator(); leases.hasNext() && (goesOn || all); ) {
            Lease lease = leases.next();
            if (all || lease.isOver(now)) {
                leases.remove();
                settle(lease, unspent);
                if (unspent.size() == AT_ONCE) {
                    goesOn = send(unspent, goesOn) && nanoTime.getAsLong() - now < LONGEST_NANOS;
                }
            }
        }
        send(unspent, goesOn);
    }

    private void settle(Lease lease, List<Unspent> unspent) {
        long rest = lease.settle(spent -> signals.credits(name(lease), Fate.SPENT, spent));
        if (rest > 0) {
            unspent.add(new Unspent(lease.grant(), rest));
        }
    }

    /**
     * Gives back some, or leaves them to expire, and tells whether others have a chance: who answers that nothing is there any more
     * has answered.
     */
    private boolean send(List<Unspent> unspent, boolean mayBe) {
        List<GivenBack> givenBack = mayBe && !unspent.isEmpty()
                ? counter.giveBack(List.copyOf(unspent))
                : Collections.nCopies(unspent.size(), GivenBack.UNANSWERED);
        tell(unspent, givenBack);
        unspent.clear();
        return givenBack.stream().anyMatch(each -> each != GivenBack.UNANSWERED);
    }

    private void tell(List<Unspent> unspent, List<GivenBack> givenBack) {
        for (int i = 0; i < unspent.size(); i++) {
            Unspent each = unspent.get(i);
            Quota quota = each.grant().quota();
            signals.credits(
                    quota.limit().name(),
                    givenBack.get(i) == GivenBack.TAKEN ? Fate.RETURNED : Fate.EXPIRED,
                    each.credits());
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
