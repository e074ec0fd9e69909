package io.nearfar.tier;

import io.nearfar.FarTierUnavailableException;

/** The far tier answers and is not believed, for a row of the fallback store says something else of a key. */
final class UnsettledRowException extends FarTierUnavailableException {
    private static final long serialVersionUID = 1L;

    /** Creates one that says of which cache the row is, and who settles it. */
    UnsettledRowException(String message) {
        super(message);
    }
}
