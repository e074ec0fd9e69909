package io.nearfar.benchmarks;

import java.util.Locale;
import java.util.stream.Stream;

/** What is measured. */
enum Part {
    /** Caches beside their peers. */
    CACHES,
    /** What metrics cost. */
    METRICS,
    /** Rate limiters. */
    LIMITS,
    /** One after the other. */
    ALL;

    static Part named(String name) {
        return Stream.of(values())
                .filter(part -> part.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no part '" + name
                        + "' of the benchmarks; set benchmark.part to caches, metrics, limits or all"));
    }

    private String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean includes(Part other) {
        return this == ALL || this == other;
    }
}
