package io.nearfar.fault.history;

/** What the caller was told. */
public enum Outcome {
    DONE,
    /** The condition did not hold: false, or null. */
    REFUSED,
    /** An exception: it may have been done, but is not done after it. */
    FAILED,
    /** It returned, but in an outage: it may be done at any time later, or come to a removal. */
    NOTED
}
