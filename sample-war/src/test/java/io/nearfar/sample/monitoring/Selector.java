package io.nearfar.sample.monitoring;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** Series by name and labels: of each the last value, if it is not older than five minutes. */
record Selector(String name, Predicate<Labels> wanted) implements Expression {
    private static final int OLDEST = 300;

    @Override
    public Map<Labels, Double> at(Series series, int second) {
        Map<Labels, Double> values = new LinkedHashMap<>();
        within(
                series,
                second,
                OLDEST,
                (labels, points) -> values.put(labels, points.lastEntry().getValue()));
        return values;
    }

    /** Tells of the values of each series in the seconds up to an instant, where there are any. */
    void within(Series series, int second, int seconds, BiConsumer<Labels, NavigableMap<Integer, Double>> told) {
        series.named(name).forEach((labels, points) -> {
            NavigableMap<Integer, Double> some = points.subMap(second - seconds, true, second, true);
            if (!some.isEmpty() && wanted.test(labels)) {
                told.accept(labels, some);
            }
        });
    }
}
