package io.nearfar.near;

import io.nearfar.entry.Attributes;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Value;
import org.jspecify.annotations.Nullable;

/**
 * Makes the entries of a {@link LocalStore}, none larger than what is to be known of it.
 *
 * @param weighed whether the store is bounded by the weight of its values, which such a one does not keep
 */
record LocalEntries<V>(boolean weighed) {
    Entry<V> of(Value<V> value, long stamp, long created, long expires, Attributes attributes) {
        @Nullable V shared = weighed || attributes != Attributes.NONE ? null : value.shared();
        if (shared == null) {
            return Entry.of(value, Stamps.version(stamp), created, expires, attributes);
        }
        return created == stamp && expires == Entry.NEVER
                ? new SharedEntry<>(shared, stamp)
                : new DatedEntry<>(shared, stamp, created, expires);
    }
}
