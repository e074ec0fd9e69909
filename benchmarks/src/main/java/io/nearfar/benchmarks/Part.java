package io.nearfar.benchmarks;

import java.util.Locale;
import java.util.stream.Stream;

/** What is measured. */
enum Part {
    /** Caches beside their peers. */
    CACHES,
    /** What metrics cost. */
    METRICS,
    /** Rate limiters, all of it. */
    LIMITS,
    /** What entries take of memory, and a start of time. */
    SIZES,
    /** What the page of figures shows: caches, sizes, and the limiter on one key. */
    PAGE,
    /** What a model says of many nodes, and how far it is off. */
    PLAN,
    /** A few ratios with wide bounds; the run fails if one is far off. */
    CHECK,
    /** Everything but the check, one after the other; the page too. */
    ALL;

    static Part named(String name) {
        return Stream.of(values())
                .filter(part -> part.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no part '" + name
                        + "' of the benchmarks; set benchmark.part to caches, metrics, limits, sizes,"
                        + " page, plan, check or all"));
    }

    private String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean includes(Part other) {
        return this == other
                || (this == ALL && other != CHECK)
                || (this == PAGE && (other == CACHES || other == SIZES));
    }
}
