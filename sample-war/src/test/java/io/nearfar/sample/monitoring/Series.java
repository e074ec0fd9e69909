package io.nearfar.sample.monitoring;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What Prometheus would have stored: of each series the values, by the seconds at which they were collected. */
final class Series {
    private final Map<String, Map<Labels, NavigableMap<Integer, Double>>> byName = new LinkedHashMap<>();

    /** Adds what a node answered at an instant. */
    void add(int second, Scrape scrape) {
        scrape.values().forEach((labels, value) -> add(second, labels, value));
    }

    void add(int second, Labels labels, double value) {
        byName.computeIfAbsent(labels.get(Labels.NAME), name -> new LinkedHashMap<>())
                .computeIfAbsent(labels, key -> new TreeMap<>())
                .put(second, value);
    }

    Map<Labels, NavigableMap<Integer, Double>> all() {
        Map<Labels, NavigableMap<Integer, Double>> all = new LinkedHashMap<>();
        byName.values().forEach(all::putAll);
        return all;
    }

    /** Returns those of a name. */
    Map<Labels, NavigableMap<Integer, Double>> named(String name) {
        return byName.getOrDefault(name, Map.of());
    }
}
