package io.nearfar.tier;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Lease;
import io.nearfar.entry.UnansweredLeaseException;
import io.nearfar.entry.Version;
import io.nearfar.far.FarEntries;
import io.nearfar.observe.CacheSignals;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The load leases of one cache as they are through an outage. */
final class OutageLeases<K, V> {
    private final FarEntries<K, V> far;
    private final DirtySet<K, V> dirty;
    private final Settler<K, V> settler;
    private final OutageAnswers<K, V> outage;
    private final CacheSignals signals;
    private final Later<K, V> later;

    /** Creates them; {@code later} says what was noted while the far tier was asked. */
    OutageLeases(
            FarEntries<K, V> far,
            DirtySet<K, V> dirty,
            Settler<K, V> settler,
            OutageAnswers<K, V> outage,
            CacheSignals signals,
            Later<K, V> later) {
        this.far = far;
        this.dirty = dirty;
        this.settler = settler;
        this.outage = outage;
        this.signals = signals;
        this.later = later;
    }

    /** Says what was noted of a key, of which the far tier has told an entry or none; null if nothing was. */
    @FunctionalInterface
    interface Later<K, V> {
        DirtySet.@Nullable Known<V> noted(K key, @Nullable Entry<V> told);
    }

    Lease<V> ask(K key, long millis) {
        FarTierUnavailableException why = settler.settle(key);
        if (why == null) {
            boolean isSent = far.silence(far.partition(key)) == null;
            try {
                return told(key, far.lease(key, millis), millis);
            } catch (FarTierUnavailableException e) {
                why = isSent ? dirty.owedLeases().note(key, e) : UnansweredLeaseException.why(e);
            }
        }
        signals.unavailable();
        return outage.lease(key, millis, why);
    }

    /** An entry that was found is an answer like another, and what was noted comes after it. */
    private Lease<V> told(K key, Lease<V> lease, long millis) {
        dirty.leases().voidFor(key);
        DirtySet.Known<V> noted = null;
        if (lease instanceof Lease.Found<V> found) {
            noted = later.noted(key, found.entry());
        } else if (lease instanceof Lease.Resting<V> resting) {
            noted = later.noted(key, resting.kept());
        } else if (lease instanceof Lease.Absent<V>) {
            noted = later.noted(key, null);
        }
        if (noted == null) {
            return lease;
        }
        Entry<V> entry = noted.entry();
        return entry == null ? dirty.leaseLocally(key, millis, 0) : new Lease.Found<>(entry);
    }

    boolean renew(K key, Version granted, long millis) {
        return Provisional.is(granted) ? dirty.leases().renew(key, granted, millis) : far.renew(key, granted, millis);
    }

    void release(K key, Version granted) {
        giveBack(key, granted, false, () -> far.release(key, granted));
    }

    /** In an outage nothing that has ended answers: nobody is sure that it was not invalidated meanwhile. */
    boolean releaseFailed(K key, Lease.Granted<V> granted, long restMillis) {
        boolean[] stands = {false};
        giveBack(key, granted.version(), true, () -> stands[0] = isStanding(key, granted, restMillis));
        return stands[0];
    }

    /** @throws FarTierUnavailableException if the far tier does not answer */
    @Nullable
    Entry<V> kept(K key) {
        FarTierUnavailableException unsettled = settler.settle(key);
        if (unsettled != null) {
            throw unsettled;
        }
        Entry<V> kept = far.kept(key);
        return kept == null || later.noted(key, kept) != null ? null : kept;
    }

    /** @throws FarTierUnavailableException if the far tier does not answer */
    private boolean isStanding(K key, Lease.Granted<V> granted, long restMillis) {
        FarTierUnavailableException unsettled = settler.settle(key);
        if (unsettled != null) {
            throw unsettled;
        }
        return far.releaseFailed(key, granted, restMillis) && later.noted(key, granted.kept()) == null;
    }

    /** In an outage nothing is remembered of it: nobody is sure that it stays so. */
    void rememberAbsence(K key, Version granted, long millis, List<String> tags) {
        giveBack(key, granted, false, () -> far.rememberAbsence(key, granted, millis, tags));
    }

    private void giveBack(K key, Version granted, boolean keeps, Runnable farther) {
        if (Provisional.is(granted)) {
            dirty.leases().release(key, granted);
            return;
        }
        try {
            farther.run();
        } catch (FarTierUnavailableException e) {
            signals.unavailable();
            dirty.owedLeases().note(key, granted, keeps);
        }
    }
}
