package io.nearfar.architecture.broken.jcache.event;

import io.nearfar.architecture.broken.jcache.expiry.ExpiryAsksEvent;

/** One half of a cycle of two packages in one room. */
public interface EventAsksExpiry {
    ExpiryAsksEvent expiry();
}
