package io.nearfar.far;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** What is to be heard over a link, or done with it, as soon as it is made. */
interface Hearing {
    /** Returns what lines of the log put before the address of a server. */
    default String where() {
        return "";
    }

    /** Tells whether the servers' user has to be one who may subscribe. */
    default boolean needsRights() {
        return true;
    }

    /**
     * Subscribes to all that is to be heard and waits until the servers have confirmed.
     *
     * @throws TimeoutException if they have not within {@code nanos}
     * @throws ExecutionException if one has refused
     */
    void attach(Session session, long nanos) throws TimeoutException, ExecutionException;

    /** Tells whether every server that should be listened to is. */
    boolean isAttachedTo(Session session);
}
