package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;

/**
 * The server is there and refused: it is full, or the user may not. To ask again changes nothing until somebody changes
 * the server, but it may still take a removal.
 */
public final class FarRefusalException extends FarTierUnavailableException {
    private static final long serialVersionUID = 1L;

    /** Creates one that says what was asked, of which address and what it answered. */
    FarRefusalException(String message) {
        super(message);
    }
}
