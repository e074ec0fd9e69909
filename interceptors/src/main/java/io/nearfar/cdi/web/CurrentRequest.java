package io.nearfar.cdi.web;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** The request in which the calling thread is, from its entry into the first filter to its return. */
public final class CurrentRequest implements AutoCloseable {
    private static final ThreadLocal<@Nullable CurrentRequest> CURRENT = new ThreadLocal<>();

    private final HttpServletRequest request;
    private final @Nullable CurrentRequest before;

    private CurrentRequest(HttpServletRequest request, @Nullable CurrentRequest before) {
        this.request = request;
        this.before = before;
    }

    /** Notes that the calling thread enters a request, perhaps from within another one; to be closed by it. */
    static CurrentRequest enter(HttpServletRequest request) {
        CurrentRequest entered = new CurrentRequest(request, CURRENT.get());
        CURRENT.set(entered);
        return entered;
    }

    /** Returns the request in which the calling thread is, or null if it is in none. */
    public static @Nullable HttpServletRequest get() {
        CurrentRequest current = CURRENT.get();
        return current == null ? null : current.request;
    }

    HttpServletRequest request() {
        return request;
    }

    /** Leaves nothing behind in the thread, which is the server's. */
    @Override
    public void close() {
        if (before == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(before);
        }
    }
}
