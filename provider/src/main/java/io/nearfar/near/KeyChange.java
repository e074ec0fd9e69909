package io.nearfar.near;

import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.Reply;
import io.nearfar.entry.Value;
import io.nearfar.entry.Version;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * One change of one key, run by the map while it keeps others off that key. Used once: afterwards it holds what the
 * change did.
 */
final class KeyChange<K, V> implements BiFunction<K, @Nullable Entry<V>, @Nullable Entry<V>> {
    private final Change<V> change;
    private final Placeholders<K> placeholders;
    private final Graces<K, V> graces;
    private final Stamps stamps;
    private final TagStamps tags;
    private final LocalEntries<V> entries;
    private final long now;
    private @Nullable Reply<V> reply;
    private @Nullable Entry<V> expired;

    KeyChange(
            Change<V> change,
            Placeholders<K> placeholders,
            Graces<K, V> graces,
            Stamps stamps,
            TagStamps tags,
            LocalEntries<V> entries,
            long now) {
        this.change = change;
        this.placeholders = placeholders;
        this.graces = graces;
        this.stamps = stamps;
        this.tags = tags;
        this.entries = entries;
        this.now = now;
    }

    @Override
    public @Nullable Entry<V> apply(K key, @Nullable Entry<V> found) {
        Entry<V> met = found;
        if (found != null && found.isExpired(now)) {
            expired = found;
            met = null;
            graces.keep(key, found, now);
        }
        if (!holds(key, met)) {
            boolean wanted = change.wantMet() || change.condition() instanceof Condition.Is;
            reply = new Reply<>(false, met != null, wanted ? met : null, null, null);
            return met;
        }
        placeholders.voidFor(key);
        boolean outdated = isOutdated();
        if (change.soft()) {
            graces.end(key, met, now);
        } else if (!outdated) { // else what has ended before may still answer in place of loads that fail
            graces.drop(key);
        }
        Version version = stamps.next();
        Entry<V> next = outdated ? null : next(met, version.stamp());
        reply = new Reply<>(true, met != null, change.wantMet() ? met : null, next, version);
        return next;
    }

    private boolean holds(K key, @Nullable Entry<V> met) {
        Condition condition = change.condition();
        if (condition instanceof Condition.Is is) {
            return met == null ? placeholders.stands(key, is.version(), now) : met.isOf(is.version());
        } else if (condition instanceof Condition.Absent) {
            return met == null;
        } else if (condition instanceof Condition.Present) {
            return met != null;
        }
        return true;
    }

    private @Nullable Entry<V> next(@Nullable Entry<V> met, long stamp) {
        Value<V> value = change.value();
        if (value == null) {
            return null;
        }
        Lifetime lifetime = change.lifetime();
        if (met == null) {
            return alive(value, stamp, stamp, lifetime.onCreate());
        }
        return lifetime.onUpdate() == Lifetime.UNCHANGED
                ? entries.of(value, stamp, met.created(), met.expires(), change.attributes())
                : alive(value, stamp, met.created(), lifetime.onUpdate());
    }

    /** Whether one of its tags was invalidated while its value was made up. */
    private boolean isOutdated() {
        return change.value() != null
                && change.since() != Change.ANY_TIME
                && change.attributes().isTagged()
                && !tags.admits(change.since(), change.attributes().tags());
    }

    private @Nullable Entry<V> alive(Value<V> value, long stamp, long created, long millis) {
        return millis == Lifetime.NONE
                ? null
                : entries.of(value, stamp, created, Expirations.after(now, millis), change.attributes());
    }

    /** Returns what the change did. */
    Reply<V> reply() {
        if (reply == null) {
            throw new IllegalStateException("The reply to a change was asked for before the change was made");
        }
        return reply;
    }

    /** Returns the expired entry that the change found in its way and dropped, or null. */
    @Nullable
    Entry<V> expired() {
        return expired;
    }
}
