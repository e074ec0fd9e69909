package io.nearfar.sample.monitoring;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;

/** {@code rate} and {@code increase}: what a counter grew by, carried on to the ends of the window as Prometheus does it. */
record Growth(Selector selector, int seconds, boolean perSecond) implements Expression {
    /** An end that is further from its next value than so many usual distances is where the series begins or ends. */
    private static final double GAP = 1.1;

    @Override
    public Map<Labels, Double> at(Series series, int second) {
        Map<Labels, Double> values = new LinkedHashMap<>();
        selector.within(series, second, seconds, (labels, points) -> {
            if (points.size() > 1) {
                values.put(labels.without(Labels.NAME), growth(points, second) / (perSecond ? seconds : 1));
            }
        });
        return values;
    }

    private double growth(NavigableMap<Integer, Double> points, int second) {
        double grown = 0;
        double previous = points.firstEntry().getValue();
        for (double value : points.values()) {
            grown += value < previous ? value : value - previous; // lower: it began anew at 0
            previous = value;
        }
        double covered = points.lastKey() - points.firstKey();
        double usual = covered / (points.size() - 1);
        double before = points.firstKey() - (second - seconds);
        double first = points.firstEntry().getValue();
        if (grown > 0 && first >= 0) {
            before = Math.min(before, covered * first / grown); // it was not below 0
        }
        double after = second - points.lastKey();
        return grown * (covered + carried(before, usual) + carried(after, usual)) / covered;
    }

    private static double carried(double distance, double usual) {
        return distance < usual * GAP ? distance : usual / 2;
    }
}
