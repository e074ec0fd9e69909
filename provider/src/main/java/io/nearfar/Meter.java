package io.nearfar;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One figure of this node that can be read at any time: a metric and the values of its tags. Reading takes microseconds at
 * most, waits for no server, and never throws; a meter whose cache is closed goes on to show what it showed last. Safe for
 * use by several threads.
 */
public final class Meter {
    private final Metric metric;
    private final Map<String, String> tags;
    private final DoubleSupplier value;
    private final @Nullable Supplier<Distribution> distribution;

    private Meter(
            Metric metric, List<String> tags, DoubleSupplier value, @Nullable Supplier<Distribution> distribution) {
        if (tags.size() != metric.tags().size() || (distribution != null) != (metric.kind() == Metric.Kind.HISTOGRAM)) {
            throw new IllegalArgumentException("A meter of " + metric.fullName() + " was made with the tags " + tags
                    + "; it needs values for " + metric.tags() + " and is a " + metric.kind());
        }
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < tags.size(); i++) {
            named.put(metric.tags().get(i), tags.get(i));
        }
        this.metric = metric;
        this.tags = Collections.unmodifiableMap(named);
        this.value = value;
        this.distribution = distribution;
    }

    /**
     * Creates one of a counter or gauge.
     *
     * @param tags the values of the metric's tags, in their order
     * @throws IllegalArgumentException if there are fewer or more of them, or the metric is a histogram
     */
    public static Meter of(Metric metric, DoubleSupplier value, String... tags) {
        return new Meter(metric, List.of(tags), value, null);
    }

    /**
     * Creates one of a histogram.
     *
     * @param tags the values of the metric's tags, in their order
     * @throws IllegalArgumentException if there are fewer or more of them, or the metric is none
     */
    public static Meter ofHistogram(Metric metric, Supplier<Distribution> distribution, String... tags) {
        return new Meter(metric, List.of(tags), () -> distribution.get().count(), distribution);
    }

    /** Returns what it measures. */
    public Metric metric() {
        return metric;
    }

    /** Returns the values of the metric's tags by their names, in the metric's order. */
    public Map<String, String> tags() {
        return tags;
    }

    /** Returns the number now; of a histogram, how many numbers it has counted. {@link Double#NaN} if it is not known now. */
    public double value() {
        return value.getAsDouble();
    }

    /** Returns what a histogram has counted; null if this is none. */
    public @Nullable Distribution distribution() {
        return distribution == null ? null : distribution.get();
    }

    /** Returns the name with the tags, such as {@code nearfar_cache_misses_total{cache="cities"}}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(metric.fullName());
        String before = "{";
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            text.append(before)
                    .append(tag.getKey())
                    .append("=\"")
                    .append(tag.getValue())
                    .append('"');
            before = ",";
        }
        return tags.isEmpty() ? text.toString() : text.append('}').toString();
    }
}
