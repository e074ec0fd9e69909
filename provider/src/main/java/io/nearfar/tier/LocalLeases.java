package io.nearfar.tier;

import io.nearfar.entry.Lease;
import io.nearfar.entry.Version;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Load leases of one cache among the threads of this node, while the far tier can grant none. Like the far tier's
 * placeholders they are voided by whatever touches their key, and by the end of the outage: others may have touched it since.
 */
final class LocalLeases<K> {
    /** A lease of an outage; {@code mark} is what its holder wants to find again when it stores its result. */
    private record Held(Version version, long until, long mark, long outage) {
        boolean stands(long now, long outageNow) {
            return until - now > 0 && outage == outageNow;
        }
    }

    private final ConcurrentHashMap<K, Held> held = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;
    private final ToLongFunction<K> outageOf;

    /** Creates none; {@code outageOf} is a number that changes with every outage of a key's server. */
    LocalLeases(LongSupplier nanoTime, ToLongFunction<K> outageOf) {
        this.nanoTime = nanoTime;
        this.outageOf = outageOf;
    }

    /** Grants the right to load, or names who has it. The key is the cache's to keep, and so is the mark. */
    <V> Lease<V> ask(K key, long millis, long mark) {
        long now = nanoTime.getAsLong();
        long outage = outageOf.applyAsLong(key);
        Held granted = new Held(Provisional.next(), now + TimeUnit.MILLISECONDS.toNanos(millis), mark, outage);
        Held holder = held.merge(key, granted, (old, fresh) -> old.stands(now, outage) ? old : fresh);
        return holder == granted
                ? new Lease.Granted<>(granted.version())
                : new Lease.Held<>(holder.version(), 1 + TimeUnit.NANOSECONDS.toMillis(holder.until() - now));
    }

    /** Tells whether nothing has voided the lease. */
    boolean stands(K key, Version version) {
        Held holder = held.get(key);
        return isHeld(key, holder, version);
    }

    /** Returns the mark of a lease, or 0 if it was voided. */
    long mark(K key, Version version) {
        Held holder = held.get(key);
        return holder != null && holder.version().equals(version) ? holder.mark() : 0;
    }

    boolean renew(K key, Version version, long millis) {
        long until = nanoTime.getAsLong() + TimeUnit.MILLISECONDS.toNanos(millis);
        Held renewed = held.computeIfPresent(
                key,
                (k, holder) ->
                        isHeld(k, holder, version) ? new Held(version, until, holder.mark(), holder.outage()) : holder);
        return isHeld(key, renewed, version);
    }

    private boolean isHeld(K key, @Nullable Held holder, Version version) {
        return holder != null
                && holder.version().equals(version)
                && holder.stands(nanoTime.getAsLong(), outageOf.applyAsLong(key));
    }

    void release(K key, Version version) {
        held.computeIfPresent(key, (k, holder) -> holder.version().equals(version) ? null : holder);
    }

    void voidFor(K key) {
        if (!held.isEmpty()) {
            held.remove(key);
        }
    }

    void voidAll() {
        held.clear();
    }

    /** Returns how many are held; 0 after quiet. */
    int size() {
        return held.size();
    }
}
