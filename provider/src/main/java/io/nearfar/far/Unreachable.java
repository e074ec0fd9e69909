package io.nearfar.far;

/** A server cannot be used now, and waiting may cure it. */
final class Unreachable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreachable(String message) {
        super(message);
    }

    Unreachable(String message, Throwable cause) {
        super(message, cause);
    }
}
