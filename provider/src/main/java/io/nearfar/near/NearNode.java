package io.nearfar.near;

import io.nearfar.entry.Entry;
import io.nearfar.entry.FullEntry;
import io.nearfar.entry.ServerClock;
import io.nearfar.entry.Value;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * An entry in the near tier with what decides whether it may be served. It is the entry itself, for a hit would have to fetch one
 * more object from memory otherwise. There are many: a field more costs eight bytes of each.
 */
final class NearNode<V> extends FullEntry<V> {
    @SuppressWarnings("rawtypes") // there is no class of nodes of anything
    private static final AtomicReferenceFieldUpdater<NearNode, Seal> JUDGED =
            AtomicReferenceFieldUpdater.newUpdater(NearNode.class, Seal.class, "judged");

    private final Partition partition;
    private final int epoch;
    private final long leaves;
    private final @Nullable String text;
    /** The value itself where all share it, so that a hit has one object less to fetch. */
    private final @Nullable V shared;

    private volatile Seal judged;

    /**
     * Creates one that is judged when it is looked at first.
     *
     * @param partition the state of its partition
     * @param epoch the partition's epoch in which its fill began
     * @param leaves server time in microseconds from which it is no longer served here, whatever its expiration
     * @param lastPattern the number of the last pattern that cannot concern it any more
     * @param text the text of the key if it cannot be turned back into the key, else null
     */
    NearNode(Entry<V> entry, Partition partition, int epoch, long leaves, int lastPattern, @Nullable String text) {
        super(entry, entry.value(), entry.expires());
        this.partition = partition;
        this.epoch = epoch;
        this.leaves = leaves;
        this.judged = new Seal(lastPattern);
        this.text = text;
        this.shared = entry.value().shared();
    }

    /** Creates the same with another value that is the same, and another expiration. */
    private NearNode(NearNode<V> node, Value<V> value, long expires) {
        super(node, value, expires);
        this.partition = node.partition;
        this.epoch = node.epoch;
        this.leaves = node.leaves;
        this.judged = node.judged;
        this.text = node.text;
        this.shared = value.shared();
    }

    @Override
    public V get() {
        return shared == null ? super.get() : shared;
    }

    Partition partition() {
        return partition;
    }

    /** Returns the server time from which it is no longer served here, whatever its expiration. */
    long leaves() {
        return leaves;
    }

    @Nullable
    String text() {
        return text;
    }

    /**
     * Tells whether it may be served under its key at that instant of the process's clock. The lease is asked before the rest: whoever
     * found this node long ago must not see a lease renewed by the very message that took the node away.
     */
    boolean isServed(Object key, long nanos, ServerClock clock) {
        return partition.lease().holds(nanos) && isLive(key, clock.microsAt(nanos));
    }

    /** Tells whether it may be kept under its key at that server time. */
    boolean isLive(Object key, long nowMicros) {
        return nowMicros < leaves && isTrue(key, nowMicros);
    }

    /** Like {@link #isServed} while the far tier cannot be asked, if its partition was verified so long ago at most. */
    boolean isServedStale(Object key, long nanos, ServerClock clock, long longestAge) {
        return partition.lease().age(nanos) < longestAge && isTrue(key, clock.microsAt(nanos));
    }

    private boolean isTrue(Object key, long nowMicros) {
        return !isExpired(nowMicros) && (judged == partition.seal() || isLeft(key));
    }

    /**
     * Judges it anew: tells whether it is here and no clear, tag, pattern or new epoch has ended it. The seal is asked for
     * first, so that what comes meanwhile is judged at the next look-up; the epoch last, for a new one forgets the others.
     */
    private boolean isLeft(Object key) {
        Seal seal = partition.seal();
        Seal before = judged;
        if (before == Seal.BROKEN) {
            return false;
        }
        long stamp = stamp();
        boolean admitted = partition.admitsTags(stamp, attributes().tags());
        if (admitted
                && partition
                        .patterns()
                        .end(before.lastPattern(), stamp, () -> text == null ? partition.textOf(key) : text)) {
            goes();
            return false;
        }
        return admitted
                && partition.admits(stamp, epoch)
                && (JUDGED.compareAndSet(this, before, seal) || judged != Seal.BROKEN);
    }

    /** Something took its place, or declared it out of date; who still holds it must not serve it. */
    void goes() {
        judged = Seal.BROKEN;
    }

    boolean isOlderThan(long stamp) {
        return stamp() < stamp;
    }

    boolean isOfEpoch(int other) {
        return epoch == other;
    }

    int epoch() {
        return epoch;
    }

    @Override
    public NearNode<V> expiring(long expires) {
        return new NearNode<>(this, value(), expires);
    }

    /** Returns it with the value of {@code held}, which is the same write: what was decoded and copied once is kept. */
    NearNode<V> keepingValueOf(NearNode<V> held) {
        return new NearNode<>(this, held.value(), expires());
    }
}
