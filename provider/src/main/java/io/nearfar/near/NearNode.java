package io.nearfar.near;

import io.nearfar.entry.Entry;
import io.nearfar.entry.ServerClock;
import org.jspecify.annotations.Nullable;

/** An entry in the near tier with what decides whether it may be served. */
final class NearNode<V> {
    private final Entry<V> entry;
    private final Partition partition;
    private final int epoch;
    private final long leaves;
    private final @Nullable String text;
    private volatile boolean gone;

    /**
     * Creates one.
     *
     * @param partition the state of its partition
     * @param epoch the partition's epoch in which its fill began
     * @param leaves server time in microseconds from which it is no longer served here, whatever its expiration
     * @param text the text of the key if it cannot be turned back into the key, else null
     */
    NearNode(Entry<V> entry, Partition partition, int epoch, long leaves, @Nullable String text) {
        this.entry = entry;
        this.partition = partition;
        this.epoch = epoch;
        this.leaves = leaves;
        this.text = text;
    }

    Entry<V> entry() {
        return entry;
    }

    @Nullable
    String text() {
        return text;
    }

    /**
     * Tells whether it may be served at that instant of the process's clock. The lease is asked before the rest: whoever
     * found this node long ago must not see a lease renewed by the very message that took the node away.
     */
    boolean isServed(long nanos, ServerClock clock) {
        return partition.lease().holds(nanos) && isLive(clock.microsAt(nanos));
    }

    /** Tells whether it may be kept at that server time. */
    boolean isLive(long nowMicros) {
        return nowMicros < leaves && isTrue(nowMicros);
    }

    /** Like {@link #isServed} while the far tier cannot be asked, if its partition was verified so long ago at most. */
    boolean isServedStale(long nanos, ServerClock clock, long longestAge) {
        return partition.lease().age(nanos) < longestAge && isTrue(clock.microsAt(nanos));
    }

    private boolean isTrue(long nowMicros) {
        return !gone
                && !entry.isExpired(nowMicros)
                && partition.admitsTags(
                        entry.version().stamp(), entry.attributes().tags())
                && partition.admits(entry.version().stamp(), epoch);
    }

    /** Something took its place, or declared it out of date; who still holds it must not serve it. */
    void goes() {
        gone = true;
    }

    boolean isOlderThan(long stamp) {
        return entry.version().stamp() < stamp;
    }

    boolean isOfEpoch(int other) {
        return epoch == other;
    }

    int epoch() {
        return epoch;
    }

    /** Returns it with another expiration. */
    NearNode<V> expiring(long expires) {
        return new NearNode<>(entry.expiring(expires), partition, epoch, leaves, text);
    }

    /** Returns it with the value of {@code held}, which is the same write: what was decoded and copied once is kept. */
    NearNode<V> keepingValueOf(NearNode<V> held) {
        Entry<V> kept =
                new Entry<>(held.entry.value(), entry.version(), entry.created(), entry.expires(), entry.attributes());
        return new NearNode<>(kept, partition, epoch, leaves, text);
    }
}
