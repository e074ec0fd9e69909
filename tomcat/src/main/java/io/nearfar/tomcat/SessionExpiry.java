package io.nearfar.tomcat;

import io.nearfar.EntryExpiryPolicy;
import java.io.Serializable;
import java.util.concurrent.TimeUnit;
import javax.cache.expiry.Duration;

/** A session lives for its longest time without a request, from each write and each read on. */
final class SessionExpiry implements EntryExpiryPolicy<String, StoredSession>, Serializable {
    private static final long serialVersionUID = 1L;

    /** How long it is remembered of a session without a time limit that it was ended. */
    static final java.time.Duration MARK = java.time.Duration.ofDays(1);

    @Override
    public Duration forCreation(String id, StoredSession session) {
        if (session.maxInactiveInterval() > 0) {
            return new Duration(TimeUnit.SECONDS, session.maxInactiveInterval());
        }
        return session.ended() ? new Duration(TimeUnit.SECONDS, MARK.toSeconds()) : Duration.ETERNAL;
    }

    @Override
    public Duration forUpdate(String id, StoredSession session) {
        return forCreation(id, session);
    }

    @Override
    public Duration forAccess(String id, StoredSession session) {
        return forCreation(id, session);
    }
}
