package io.nearfar.cdi.limit;

import io.nearfar.Limit;

/**
 * What holds for a limit at one moment.
 *
 * @param enabled whether it holds at all
 * @param shadow whether it only counts
 * @param limit permits, window, outage and mode
 */
record Terms(boolean enabled, boolean shadow, Limit limit) {}
