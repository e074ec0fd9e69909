package io.nearfar.sample.place;

import java.io.Serializable;

/** A city seen from another place, {@code kilometres} away along the great circle. */
public record Neighbour(CitySummary city, double kilometres) implements Serializable {}
