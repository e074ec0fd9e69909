package io.nearfar.jcache;

import io.nearfar.tier.UnopenedCache;

/**
 * A cache that is not open in this manager.
 *
 * @param far as the far tier has it
 * @param failsClosed whether whoever calls is to know of an outage
 */
public record Unopened(UnopenedCache far, boolean failsClosed) {}
