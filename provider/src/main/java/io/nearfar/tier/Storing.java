package io.nearfar.tier;

import io.nearfar.entry.Attributes;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Lifetime;
import org.jspecify.annotations.Nullable;

/** Says how a loaded value is to be stored; asked when the load has ended, and only if there is something to store. */
@FunctionalInterface
public interface Storing<V> {
    /** Returns the lifetime of the new entry, which takes the place of {@code replaced}, or of nothing if that is null. */
    Lifetime lifetime(@Nullable Entry<V> replaced);

    /** Returns what the new entry carries; asked after {@link #lifetime}. */
    default Attributes attributes() {
        return Attributes.NONE;
    }
}
