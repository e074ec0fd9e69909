package io.nearfar.sample.monitoring;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a node answered at {@code /metrics}: the value of each series of ours. */
record Scrape(Map<Labels, Double> values) {
    private static final Pattern LINE = Pattern.compile("(?m)^(nearfar_[a-z_]+)(?:\\{(.*)\\})? (\\S+)$");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** Reads it, and adds what Prometheus adds: two labels, and that there was an answer. */
    static Scrape read(String text, String instance) {
        Map<Labels, Double> values = up(instance, 1);
        Matcher line = LINE.matcher(text);
        while (line.find()) {
            values.put(of(labels(line.group(1), line.group(2)), instance), number(line.group(3)));
        }
        return new Scrape(values);
    }

    /** What Prometheus has of a node that did not answer. */
    static Scrape missed(String instance) {
        return new Scrape(up(instance, 0));
    }

    private static Map<Labels, Double> up(String instance, double value) {
        Map<Labels, Double> values = new LinkedHashMap<>();
        values.put(of(Labels.NONE.with(Labels.NAME, "up"), instance), value);
        return values;
    }

    private static Labels of(Labels labels, String instance) {
        return labels.with("instance", instance).with("job", "applications");
    }

    private static Labels labels(String name, String written) {
        Labels labels = Labels.NONE.with(Labels.NAME, name);
        Matcher label = LABEL.matcher(written == null ? "" : written);
        while (label.find()) {
            labels = labels.with(label.group(1), label.group(2));
        }
        return labels;
    }

    private static double number(String text) {
        return Double.parseDouble(text.replace("+Inf", "Infinity").replace("-Inf", "-Infinity"));
    }

    /** Returns the sum of the series of a name, whatever their labels. */
    double sum(String name) {
        return values.entrySet().stream()
                .filter(series -> series.getKey().get(Labels.NAME).equals(name))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /** Returns the series whose names stand in a text: the others cost time alone. */
    Scrape only(String text) {
        Map<Labels, Double> few = new LinkedHashMap<>(values);
        few.keySet().removeIf(labels -> !text.contains(labels.get(Labels.NAME)));
        return new Scrape(few);
    }

    /** Returns the scrape that would follow {@code previous} if all went on as it went from {@code previous} to this one. */
    Scrape goneOn(Scrape previous, int times) {
        Map<Labels, Double> next = new LinkedHashMap<>();
        values.forEach((labels, value) -> next.put(
                labels,
                isCounter(labels) ? value + times * (value - previous.values.getOrDefault(labels, 0.0)) : value));
        return new Scrape(next);
    }

    private static boolean isCounter(Labels labels) {
        return labels.get(Labels.NAME).matches(".*_(total|bucket|count|sum)");
    }
}
