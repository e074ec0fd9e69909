package io.nearfar.sample.monitoring;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** {@code histogram_quantile}: the value below which so much of what was counted lies, evenly spread within its bucket. */
record Quantile(double quantile, Expression of) implements Expression {
    @Override
    public Map<Labels, Double> at(Series series, int second) {
        Map<Labels, NavigableMap<Double, Double>> histograms = new LinkedHashMap<>();
        of.at(series, second)
                .forEach((labels, count) -> histograms
                        .computeIfAbsent(labels.without("le").without(Labels.NAME), key -> new TreeMap<>())
                        .put(bound(labels.get("le")), count));
        Map<Labels, Double> values = new LinkedHashMap<>();
        histograms.forEach((labels, buckets) -> values.put(labels, quantile(buckets)));
        return values;
    }

    private static double bound(String le) {
        return le.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(le);
    }

    private double quantile(NavigableMap<Double, Double> buckets) {
        double all = buckets.lastEntry().getValue();
        if (buckets.size() < 2 || buckets.lastKey() != Double.POSITIVE_INFINITY || !(all > 0)) {
            return Double.NaN;
        }
        double rank = quantile * all;
        double below = 0;
        double from = 0;
        for (Map.Entry<Double, Double> bucket : buckets.entrySet()) {
            if (bucket.getKey() == Double.POSITIVE_INFINITY) {
                return from;
            }
            if (bucket.getValue() >= rank) {
                return from + (bucket.getKey() - from) * (rank - below) / (bucket.getValue() - below);
            }
            below = bucket.getValue();
            from = bucket.getKey();
        }
        throw new IllegalStateException("no last bucket");
    }
}
