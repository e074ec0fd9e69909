package io.nearfar.sample.weather;

/**
 * How the weather service is, seen from this node, and what this node has asked it.
 *
 * @param reachable whether it can be asked
 * @param asked how often it was
 * @param unchanged how often it had nothing new, so that what was kept lives on
 * @param failed how often it was out of reach
 */
public record StationState(boolean reachable, long asked, long unchanged, long failed) {}
