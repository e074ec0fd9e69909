package io.nearfar.tier;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.UnansweredLeaseException;
import io.nearfar.entry.Version;
import io.nearfar.far.FarEntries;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * Load leases of one cache that the far tier granted and that could not be given back, since it did not answer. Other nodes may
 * wait for them: they are given back as soon as it does. Safe for use by several threads.
 */
final class OwedLeases<K> {
    /** What is owed beyond that ends by itself. */
    static final int MOST = 256;

    /** By what was asked for: of several requests for one key one alone was granted, and nobody knows which. */
    private final ConcurrentHashMap<Version, K> owed = new ConcurrentHashMap<>();

    private final UnaryOperator<K> keep;
    private final Runnable owes;

    /**
     * Creates none.
     *
     * @param keep returns a key that is the cache's to keep
     * @param owes run when something is owed
     */
    OwedLeases(UnaryOperator<K> keep, Runnable owes) {
        this.keep = keep;
        this.owes = owes;
    }

    /** A lease was not given back, or nobody knows. */
    void note(K key, Version granted) {
        if (owed.size() < MOST) {
            owed.put(granted, keep.apply(key));
            owes.run();
        }
    }

    /** A request for a lease was not answered; returns why, as callers are told. */
    FarTierUnavailableException note(K key, FarTierUnavailableException unanswered) {
        if (unanswered instanceof UnansweredLeaseException lease) {
            note(key, lease.granted());
        }
        return UnansweredLeaseException.why(unanswered);
    }

    boolean isEmpty() {
        return owed.isEmpty();
    }

    /**
     * Gives back those of the servers that answer.
     *
     * @param goesOn asked before each
     */
    void giveBack(FarEntries<K, ?> far, BooleanSupplier goesOn) {
        BitSet closed = new BitSet();
        for (Map.Entry<Version, K> each : owed.entrySet()) {
            if (!goesOn.getAsBoolean()) {
                return;
            }
            int partition = far.partition(each.getValue());
            if (closed.get(partition)) {
                continue;
            } else if (far.silence(partition) == null && isGivenBack(far, each.getValue(), each.getKey())) {
                owed.remove(each.getKey());
            } else {
                closed.set(partition);
            }
        }
    }

    private boolean isGivenBack(FarEntries<K, ?> far, K key, Version granted) {
        try {
            far.release(key, granted);
            return true;
        } catch (FarTierUnavailableException e) {
            return false;
        }
    }
}
