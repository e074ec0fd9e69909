package io.nearfar;

import java.util.List;

/**
 * What a histogram has counted, in the base unit of its metric; one consistent-enough reading of counters that run on.
 *
 * @param bounds the upper bounds of the buckets, each inclusive, ascending; above the last is one bucket more
 * @param counts how many numbers fell into each bucket alone, one more than there are bounds
 * @param sum the sum of all numbers
 */
public record Distribution(List<Double> bounds, List<Long> counts, double sum) {
    /**
     * Creates one.
     *
     * @throws IllegalArgumentException if there is not one count more than there are bounds
     */
    public Distribution {
        bounds = List.copyOf(bounds);
        counts = List.copyOf(counts);
        if (counts.size() != bounds.size() + 1) {
            throw new IllegalArgumentException("A distribution with " + bounds.size() + " bounds has " + counts.size()
                    + " counts; one more than bounds is needed, for what lies above the last");
        }
    }

    /** Returns how many numbers there were. */
    public long count() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
