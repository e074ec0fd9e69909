package io.nearfar.architecture.broken.jcache.expiry;

import io.nearfar.architecture.broken.jcache.event.EventAsksExpiry;

/** The other half of the cycle. */
public interface ExpiryAsksEvent {
    EventAsksExpiry event();
}
