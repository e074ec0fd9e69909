package io.nearfar.tier;

/** Thrown if a table does not do one thing, though it does others: it has not failed. */
public class OutageRefusalException extends OutageTableException {
    private static final long serialVersionUID = 1L;

    /** Creates one that says why, in one line without anything that is secret. */
    public OutageRefusalException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Creates one without a cause. */
    public OutageRefusalException(String message) {
        super(message);
    }
}
