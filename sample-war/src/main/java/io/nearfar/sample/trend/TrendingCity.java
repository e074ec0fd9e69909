package io.nearfar.sample.trend;

import io.nearfar.sample.place.CitySummary;
import java.io.Serializable;

/** A city and how often it was viewed in the last minutes, on all nodes together. */
public record TrendingCity(CitySummary city, int views) implements Serializable {}
