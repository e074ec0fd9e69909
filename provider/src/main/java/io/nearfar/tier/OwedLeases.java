package io.nearfar.tier;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.Lease;
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
    private final ConcurrentHashMap<Version, Owed<K>> owed = new ConcurrentHashMap<>();

    private final UnaryOperator<K> keep;
    private final Runnable owes;

    /** Of which key, and whether what is kept of it stays. */
    private record Owed<K>(K key, boolean keeps) {}

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

    /**
     * A lease was not given back, or nobody knows.
     *
     * @param keeps whether what is kept of the key stays for the next load: not if this one has found that there is nothing
     */
    void note(K key, Version granted, boolean keeps) {
        if (owed.size() < MOST) {
            owed.put(granted, new Owed<>(keep.apply(key), keeps));
            owes.run();
        }
    }

    /** A request for a lease was not answered; returns why, as callers are told. */
    FarTierUnavailableException note(K key, FarTierUnavailableException unanswered) {
        if (unanswered instanceof UnansweredLeaseException lease) {
            note(key, lease.granted(), true);
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
        for (Map.Entry<Version, Owed<K>> each : owed.entrySet()) {
            if (!goesOn.getAsBoolean()) {
                return;
            }
            int partition = far.partition(each.getValue().key());
            if (closed.get(partition)) {
                continue;
            } else if (far.silence(partition) == null && isGivenBack(far, each.getValue(), each.getKey())) {
                owed.remove(each.getKey());
            } else {
                closed.set(partition);
            }
        }
    }

    private static <K, V> boolean isGivenBack(FarEntries<K, V> far, Owed<K> owed, Version granted) {
        try {
            if (owed.keeps()) {
                far.releaseFailed(owed.key(), new Lease.Granted<>(granted), 0);
            } else {
                far.release(owed.key(), granted);
            }
            return true;
        } catch (FarTierUnavailableException e) {
            return false;
        }
    }
}
