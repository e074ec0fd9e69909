package io.nearfar.tier;

/** Thrown if a table does not do its part. */
public class OutageTableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates one that says what went wrong, in one line without anything that is secret. */
    public OutageTableException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Creates one without a cause. */
    public OutageTableException(String message) {
        super(message);
    }
}
