package io.nearfar.fault.history;

/** From the instant before a call to the instant after it, in nanoseconds of {@link System#nanoTime}. */
public record Span(long invoked, long returned) {
    public long nanos() {
        return returned - invoked;
    }

    /** Returns how much of this span lies within the other. */
    public long overlap(Span other) {
        return Math.max(0, Math.min(returned, other.returned) - Math.max(invoked, other.invoked));
    }
}
