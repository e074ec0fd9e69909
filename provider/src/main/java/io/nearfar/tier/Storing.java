package io.nearfar.tier;

import io.nearfar.entry.Attributes;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Lifetime;
import org.jspecify.annotations.Nullable;

/** Says how what a load came to is to be stored; asked when the load has ended. */
@FunctionalInterface
public interface Storing<V> {
    /** Notes what the load is to replace, null if that is nothing; told before the load is called under a right to load. */
    default void begins(@Nullable Entry<V> replacing) {}

    /** Returns the lifetime of the new entry, which takes the place of {@code replaced}, or of nothing if that is null. */
    Lifetime lifetime(@Nullable Entry<V> replaced);

    /**
     * Returns the lifetime of what takes the place of an entry that is near its end: that of a new one, also where the
     * expiry policy leaves an updated entry the end that it has.
     */
    default Lifetime renewed(Entry<V> ending) {
        return Lifetime.of(lifetime(null).onCreate());
    }

    /** Returns for how many milliseconds it is remembered that the load found nothing; 0 for not at all. */
    default long absenceMillis() {
        return 0;
    }

    /** Returns what the new entry carries; asked after {@link #lifetime}, or where the load found nothing. */
    default Attributes attributes() {
        return Attributes.NONE;
    }
}
