package io.nearfar.tier;

import io.nearfar.entry.Attributes;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Reply;
import io.nearfar.entry.Value;
import org.jspecify.annotations.Nullable;

/**
 * What a load came to.
 *
 * @param value the value found or loaded, or null if the load returned null, now or before
 * @param called whether this caller's own load was called; false if an entry was there or another caller's load answered
 * @param stored the reply to the write of the loaded value; null if nothing was to be stored, or if the far tier did not
 *     take it
 * @param shared whether it may answer others who asked while it was loaded: not if it carries tags and was not stored, or
 *     is nothing, for they may have asked after a tag was invalidated
 * @param stale whether the load failed, now or a moment ago, and an entry that has ended answers in its place
 */
public record Loaded<V>(
        @Nullable Value<V> value, boolean called, @Nullable Reply<V> stored, boolean shared, boolean stale) {
    private Loaded(@Nullable Value<V> value, boolean called, @Nullable Reply<V> stored, boolean shared) {
        this(value, called, stored, shared, false);
    }

    static <V> Loaded<V> found(Entry<V> entry) {
        return new Loaded<>(entry.value(), false, null, true);
    }

    /** Returns what an entry that has ended answers in place of a load; {@code called} if that failed just now. */
    static <V> Loaded<V> stale(Entry<V> kept, boolean called) {
        return new Loaded<>(kept.value(), called, null, true, true);
    }

    /** Returns that it is known that there is nothing. */
    static <V> Loaded<V> absent() {
        return new Loaded<>(null, false, null, true);
    }

    static <V> Loaded<V> unguarded(@Nullable Value<V> value) {
        return new Loaded<>(value, true, null, value != null);
    }

    /** Returns what a load of a value with attributes came to. */
    static <V> Loaded<V> of(Value<V> value, @Nullable Reply<V> stored, Attributes attributes) {
        boolean stands = stored != null && stored.now() != null;
        return new Loaded<>(value, true, stored, stands || !attributes.isTagged());
    }

    /** Returns the same for a caller who joined another's load. */
    Loaded<V> joined() {
        return new Loaded<>(value, false, null, true, stale);
    }
}
