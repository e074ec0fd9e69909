package io.nearfar.entry;

import io.nearfar.FarTierUnavailableException;

/** The far tier did not answer a request for a load lease, and may have granted it. Callers of a cache never see it. */
public final class UnansweredLeaseException extends FarTierUnavailableException {
    private static final long serialVersionUID = 1L;

    private final FarTierUnavailableException why;
    private final long nonce;

    /** Creates one for a request with that nonce. */
    public UnansweredLeaseException(FarTierUnavailableException why, long nonce) {
        super(String.valueOf(why.getMessage()), why);
        this.why = why;
        this.nonce = nonce;
    }

    /** Returns what the lease is given back by: any stamp, and the nonce of the request. */
    public Version granted() {
        return new Version(Version.ANY_STAMP, nonce);
    }

    /** Returns what a failure is to callers. */
    public static FarTierUnavailableException why(FarTierUnavailableException failure) {
        return failure instanceof UnansweredLeaseException lease ? lease.why : failure;
    }
}
