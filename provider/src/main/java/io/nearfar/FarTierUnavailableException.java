package io.nearfar;

import javax.cache.CacheException;

/**
 * Thrown by an operation that only the far tier can decide while the far tier does not answer, and by every operation
 * of a cache that fails closed. Nothing is known to have happened that was not reported: a write that carried this
 * exception cannot take effect after its deadline.
 */
public class FarTierUnavailableException extends CacheException {
    private static final long serialVersionUID = 1L;

    /** Creates one that says what was asked, of which address and why there is no answer. */
    public FarTierUnavailableException(String message) {
        super(message);
    }

    /** Creates one with the failure that the link reported. */
    public FarTierUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
