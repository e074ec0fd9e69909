package io.nearfar.sample.monitoring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** {@code sum by (…)} and the like. */
record Aggregation(String kind, List<String> by, Expression of) implements Expression {
    @Override
    public Map<Labels, Double> at(Series series, int second) {
        Map<Labels, List<Double>> groups = new LinkedHashMap<>();
        of.at(series, second)
                .forEach((labels, value) -> groups.computeIfAbsent(labels.only(by), key -> new ArrayList<>())
                        .add(value));
        Map<Labels, Double> values = new LinkedHashMap<>();
        groups.forEach((labels, members) ->
                values.put(labels, together(members.stream().mapToDouble(Double::doubleValue))));
        return values;
    }

    private double together(DoubleStream members) {
        return switch (kind) {
            case "sum" -> members.sum();
            // What is no number counts only where there is nothing else
            case "max" ->
                members.reduce((a, b) -> a > b || Double.isNaN(b) ? a : b).orElseThrow();
            case "min" ->
                members.reduce((a, b) -> a < b || Double.isNaN(b) ? a : b).orElseThrow();
            case "avg" -> members.average().orElseThrow();
            default -> throw new IllegalArgumentException(kind);
        };
    }
}
