package io.nearfar.benchmarks.size;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How long each write took to reach each node, and which did not. */
final class Arrivals {
    private static final double NANOS_OF_A_MILLI = 1e6;

    private final List<Long> writes;
    private final List<Double> millis = new ArrayList<>();
    private int missed;

    /** Prepares for writes that began at those instants, one after the other. */
    Arrivals(List<Long> writes) {
        this.writes = List.copyOf(writes);
    }

    /** Adds a node by the instants at which it was told; the first one between a write and the next is that write's. */
    void add(List<Long> told) {
        List<Long> sorted = told.stream().sorted().toList();
        for (int i = 0; i < writes.size(); i++) {
            long begun = writes.get(i);
            long next = i + 1 < writes.size() ? writes.get(i + 1) : Long.MAX_VALUE;
            int found = Collections.binarySearch(sorted, begun);
            int at = found < 0 ? -found - 1 : found;
            if (at < sorted.size() && sorted.get(at) < next) {
                millis.add((sorted.get(at) - begun) / NANOS_OF_A_MILLI);
            } else {
                missed++;
            }
        }
    }

    /** Returns the milliseconds of all that arrived, the shortest first. */
    List<Double> millis() {
        return millis.stream().sorted().toList();
    }

    /** Returns how many were not seen before the next write. */
    int missed() {
        return missed;
    }
}
