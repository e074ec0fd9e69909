package io.nearfar.sample.weather;

import java.util.List;

/** The weather of a place, for each span, and what warns of it in its country. */
public record Weather(List<Forecast> forecasts, Warning warning) {}
