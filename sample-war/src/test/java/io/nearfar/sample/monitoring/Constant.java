package io.nearfar.sample.monitoring;

import java.util.Map;

/** A number. */
record Constant(double value) implements Expression {
    @Override
    public Map<Labels, Double> at(Series series, int second) {
        return Map.of(Labels.NONE, value);
    }

    @Override
    public boolean isNumber() {
        return true;
    }
}
