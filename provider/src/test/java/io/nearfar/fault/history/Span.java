package io.nearfar.fault.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** From the instant before a call to the instant after it, in nanoseconds of {@link System#nanoTime}. */
public record Span(long invoked, long returned) {
    public long nanos() {
        return returned - invoked;
    }

    /** Returns how much of this span lies within the other. */
    public long overlap(Span other) {
        return Math.max(0, Math.min(returned, other.returned) - Math.max(invoked, other.invoked));
    }

    /** Returns the same time in spans that do not overlap. */
    public static List<Span> union(List<Span> spans) {
        List<Span> apart = new ArrayList<>();
        for (Span span :
                spans.stream().sorted(Comparator.comparingLong(Span::invoked)).toList()) {
            Span last = apart.isEmpty() ? null : apart.get(apart.size() - 1);
            if (last == null || last.returned < span.invoked) {
                apart.add(span);
            } else if (last.returned < span.returned) {
                apart.set(apart.size() - 1, new Span(last.invoked, span.returned));
            }
        }
        return apart;
    }
}
