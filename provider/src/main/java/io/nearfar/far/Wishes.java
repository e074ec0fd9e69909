package io.nearfar.far;

import io.nearfar.Quota;

/** How many credits a node wishes to hold beyond the cost of a request, where a limit is leased. */
@FunctionalInterface
public interface Wishes {
    /** Wishes for none. */
    Wishes NONE = quota -> 0;

    /** Returns how many of a quota whose limit is leased; 0 for none. */
    long of(Quota quota);
}
