package io.nearfar.opentelemetry;

import io.nearfar.Distribution;
import io.nearfar.Meter;
import io.nearfar.NearfarManager;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Numbers by name and attributes: as the SDK has collected them, and as the meters of a manager say. */
final class Points {
    private Points() {}

    /** Returns what was collected, but for histograms. */
    static Map<String, Double> of(Collection<MetricData> collected) {
        Map<String, Double> points = new TreeMap<>();
        for (MetricData metric : collected) {
            for (PointData point : metric.getData().getPoints()) {
                if (point instanceof LongPointData number) {
                    points.put(name(metric.getName(), point.getAttributes()), (double) number.getValue());
                } else if (point instanceof DoublePointData number) {
                    points.put(name(metric.getName(), point.getAttributes()), number.getValue());
                }
            }
        }
        return points;
    }

    /** Returns what the documentation promises for the meters as they are now. */
    static Map<String, Double> expected(NearfarManager manager) {
        Map<String, Double> points = new TreeMap<>();
        for (Meter meter : manager.meters()) {
            String name = meter.metric()
                    .fullName()
                    .replaceAll("_total$", "")
                    .replaceAll("_(bytes|seconds)$", "")
                    .replace('_', '.');
            Distribution distribution = meter.distribution();
            if (distribution == null) {
                points.put(name + new TreeMap<>(meter.tags()), meter.value());
                continue;
            }
            points.put(name + ".count" + new TreeMap<>(meter.tags()), (double) distribution.count());
            points.put(name + ".sum" + new TreeMap<>(meter.tags()), distribution.sum());
            double below = 0;
            for (int i = 0; i < distribution.counts().size(); i++) {
                below += distribution.counts().get(i);
                Map<String, String> tags = new TreeMap<>(meter.tags());
                tags.put(
                        "le",
                        i < distribution.bounds().size()
                                ? String.valueOf(distribution.bounds().get(i))
                                : "+Inf");
                points.put(name + ".buckets" + tags, below);
            }
        }
        points.values().removeIf(number -> number.isNaN());
        return points;
    }

    private static String name(String name, Attributes attributes) {
        Map<String, String> tags = new TreeMap<>();
        attributes.forEach((key, value) -> tags.put(key.getKey(), String.valueOf(value)));
        return name + tags;
    }
}
