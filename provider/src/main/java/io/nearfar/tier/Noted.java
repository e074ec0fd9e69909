package io.nearfar.tier;

import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.Version;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a key was last told while the far tier did not answer.
 *
 * @param entry what was put, under a provisional version; null for a removal, or if there was no room for the value
 * @param order its place among all that was noted of the cache
 * @param ends when its lifetime is over, on the scale of {@link System#nanoTime}
 * @param hides when this node stops to answer with it though its lifetime may go on, on the same scale
 */
record Noted<V>(@Nullable Entry<V> entry, long order, long ends, long hides) {
    /** Further away than any lifetime, in nanoseconds, and near enough to be compared. */
    static final long FAR_AWAY = 1L << 62;

    private static final long NANOS_PER_MILLI = 1_000_000;

    static <V> Noted<V> removal(long order) {
        return new Noted<>(null, order, 0, 0);
    }

    /** Returns the entry if this node may answer with it now. */
    @Nullable
    Entry<V> served(long nanos) {
        return nanos - ends < 0 && nanos - hides < 0 ? entry : null;
    }

    /** Returns an estimate of the bytes that it occupies. */
    long weight() {
        return entry == null ? 0 : entry.value().weight();
    }

    boolean carriesOneOf(Set<String> tags) {
        return entry != null && entry.attributes().tags().stream().anyMatch(tags::contains);
    }

    /** Returns the same without the value: the key is removed then. */
    Noted<V> withoutValue() {
        return removal(order);
    }

    /** Returns the same, answered with until then at most. */
    Noted<V> hidingAt(long nanos) {
        return new Noted<>(entry, order, ends, nanos);
    }

    /**
     * Returns the change by which the far tier is told: the value if the far entry still is the one that was known before,
     * else a removal. What another node has invalidated of its tags from {@code since} on may have come later, and counts as
     * if it had.
     */
    Change<V> madeUpFor(@Nullable Version base, long since, long nanos) {
        if (entry == null || base == null || nanos - ends >= 0) {
            return Change.removal(Condition.ALWAYS, false);
        }
        return Change.write(entry.value(), Condition.is(base), Lifetime.of(rest(entry, nanos)), false)
                .with(entry.attributes())
                .since(since);
    }

    private long rest(Entry<V> lasting, long nanos) {
        return lasting.expires() == Entry.NEVER
                ? Lifetime.ETERNAL
                : Math.max(1, (ends - nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
    }
}
