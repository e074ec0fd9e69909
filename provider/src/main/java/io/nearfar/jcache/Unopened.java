package io.nearfar.jcache;

import io.nearfar.InvalidationPace;
import io.nearfar.tier.UnopenedCache;

/**
 * A cache that is not open in this manager.
 *
 * @param far as the far tier has it
 * @param failsClosed whether whoever calls is to know of an outage
 * @param patternPace how fast its keys are looked through for patterns, unless a caller says so
 */
public record Unopened(UnopenedCache far, boolean failsClosed, InvalidationPace patternPace) {}
