package io.nearfar.tier;

/** Says that the fallback store did not answer, or was not asked; the outage is then gone through without it. */
final class FallbackSilence extends Exception {
    private static final long serialVersionUID = 1L;

    private enum Kind {
        FAILED,
        REFUSED,
        TOO_MUCH,
        NOT_ASKED
    }

    private final Kind kind;

    private FallbackSilence(String message, Kind kind) {
        super(message, null, false, false);
        this.kind = kind;
    }

    /** The store was asked and did not do its part. */
    static FallbackSilence failed(String why) {
        return new FallbackSilence(why, Kind.FAILED);
    }

    /** The store has not done this, and does other things. */
    static FallbackSilence refused(String why) {
        return new FallbackSilence(why, Kind.REFUSED);
    }

    /** The store has not done so much in time, and does other things. */
    static FallbackSilence tooMuch(String why) {
        return new FallbackSilence(why, Kind.TOO_MUCH);
    }

    /** The store was not asked, or not waited for. */
    static FallbackSilence notAsked(String why) {
        return new FallbackSilence(why, Kind.NOT_ASKED);
    }

    /** Tells whether the store has failed. */
    boolean isFailure() {
        return kind == Kind.FAILED;
    }

    /** Tells whether the store has not done this one thing, and goes on to serve. */
    boolean isRefusal() {
        return kind == Kind.REFUSED || kind == Kind.TOO_MUCH;
    }

    /** Tells whether that was too much for the time that it had. */
    boolean isTooMuch() {
        return kind == Kind.TOO_MUCH;
    }
}
