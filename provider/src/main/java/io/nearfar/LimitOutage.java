package io.nearfar;

/** What becomes of requests under a limit while the far tier, where they are counted, does not answer. */
public enum LimitOutage {
    /** They are admitted and not counted. */
    OPEN,
    /** They are denied. */
    CLOSED,
    /**
     * Each node counts its own, from nothing, and admits as many as the limit allows: m nodes admit m times as many, and in a
     * window over the beginning or the end of the outage what was counted far comes on top.
     */
    LOCAL
}
