package io.nearfar.tier;

/** Says that the fallback store did not answer, or was not asked; the outage is then gone through without it. */
final class FallbackSilence extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean failure;

    private FallbackSilence(String message, boolean failure) {
        super(message, null, false, false);
        this.failure = failure;
    }

    /** The store was asked and did not do its part. */
    static FallbackSilence failed(String why) {
        return new FallbackSilence(why, true);
    }

    /** The store has not done this, and does other things. */
    static FallbackSilence refused(String why) {
        return new FallbackSilence(why, false);
    }

    /** The store was not asked, or not waited for. */
    static FallbackSilence notAsked(String why) {
        return new FallbackSilence(why, false);
    }

    /** Tells whether the store has failed. */
    boolean isFailure() {
        return failure;
    }
}
