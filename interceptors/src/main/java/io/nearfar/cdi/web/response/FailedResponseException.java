package io.nearfar.cdi.web.response;

/** Tells a cache that a response is a failure, so that one whose time is over may answer in its place. Never reaches a caller. */
final class FailedResponseException extends Exception {
    private static final long serialVersionUID = 1L;

    FailedResponseException(String message) {
        super(message, null, false, false);
    }
}
