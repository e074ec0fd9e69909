package io.nearfar.tier;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.UnansweredLeaseException;
import io.nearfar.entry.Version;
import io.nearfar.far.FarEntries;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Load leases of one cache that the far tier granted and that could not be given back, since it did not answer. Other nodes may
 * wait for them: they are given back as soon as it does. Safe for use by several threads.
 */
final class OwedLeases<K> {
    /** What is owed beyond that ends by itself. */
    static final int MOST = 1_000;

    private final ConcurrentHashMap<K, Version> owed = new ConcurrentHashMap<>();
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
            owed.put(keep.apply(key), granted);
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

    /** Gives back those of the servers that answer. */
    void giveBack(FarEntries<K, ?> far) {
        for (Map.Entry<K, Version> each : owed.entrySet()) {
            if (far.silence(far.partition(each.getKey())) == null && isGivenBack(far, each)) {
                owed.remove(each.getKey(), each.getValue());
            }
        }
    }

    private boolean isGivenBack(FarEntries<K, ?> far, Map.Entry<K, Version> each) {
        try {
            far.release(each.getKey(), each.getValue());
            return true;
        } catch (FarTierUnavailableException e) {
            return false;
        }
    }
}
