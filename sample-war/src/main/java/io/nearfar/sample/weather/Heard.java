package io.nearfar.sample.weather;

/**
 * What a node heard of a warning.
 *
 * @param change {@code given}, {@code replaced} or {@code taken back}
 * @param node the node on which the warning was given
 * @param when this node heard of it, in milliseconds since the epoch
 */
public record Heard(String country, String change, String text, String node, long when) {}
