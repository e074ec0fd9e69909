package io.nearfar;

import org.jspecify.annotations.Nullable;

/**
 * A load that may say how its result is to be stored.
 *
 * @param <V> the type of the values
 */
@FunctionalInterface
public interface ContextLoad<V> {
    /**
     * Returns the value, or null if there is none to store.
     *
     * @param context takes the options of the entry
     * @throws Exception whatever went wrong; it reaches the caller, and nothing is stored
     */
    @Nullable
    V load(LoadContext context) throws Exception;

    /**
     * Tells whether the load may also be called later, in another thread and after the call to which it was given has returned,
     * as the setting {@code refresh-ahead} does. One that needs its caller's thread, request or transaction says no.
     *
     * @return true unless it is overridden
     */
    default boolean mayRunLater() {
        return true;
    }
}
