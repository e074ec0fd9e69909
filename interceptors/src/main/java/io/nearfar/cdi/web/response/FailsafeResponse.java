package io.nearfar.cdi.web.response;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A response in which an old one takes the place of an error of the server: an exception that no mapper of JAX-RS knows comes so,
 * past the filters of responses or in spite of them.
 */
final class FailsafeResponse extends HttpServletResponseWrapper {
    private static final int SERVER_ERROR = 500;

    private final HttpServletRequest request;
    private volatile boolean isAnswered;

    FailsafeResponse(HttpServletRequest request, HttpServletResponse response) {
        super(response);
        this.request = request;
    }

    @Override
    public void sendError(int status) throws IOException {
        if (status < SERVER_ERROR || !isAnsweredByAnOld("status " + status)) {
            super.sendError(status);
        }
    }

    @Override
    public void sendError(int status, @Nullable String message) throws IOException {
        if (status < SERVER_ERROR || !isAnsweredByAnOld("status " + status)) {
            super.sendError(status, message);
        }
    }

    /** Answers a request that has failed with an old response, if there is one; tells whether that has happened. */
    boolean isAnsweredByAnOld(String failure) throws IOException {
        Turns.Begun begun = Turns.of(request);
        if (!isAnswered && begun != null && !isCommitted()) {
            Answer old = begun.fail("A request was answered with " + failure);
            if (old != null) {
                isAnswered = true;
                old.send((HttpServletResponse) getResponse());
            }
        }
        return isAnswered;
    }
}
