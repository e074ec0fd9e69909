package io.nearfar.far;

import org.jspecify.annotations.Nullable;

/** Says who on other nodes is to hear of a change. */
@FunctionalInterface
interface Telling {
    /** Nobody is. */
    Telling NOBODY = () -> null;

    /** Returns what a script is told of them, or null if nobody listens. */
    byte @Nullable [] word();
}
