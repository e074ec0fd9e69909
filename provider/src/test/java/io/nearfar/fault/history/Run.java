package io.nearfar.fault.history;

/**
 * One call, or several of one thread that differ in nothing but time.
 *
 * @param longest the time of the longest of them, in nanoseconds
 */
public record Run(Span first, Span last, int times, long longest) {
    public static Run of(long invoked, long returned) {
        Span span = new Span(invoked, returned);
        return new Run(span, span, 1, span.nanos());
    }

    Run and(Run next) {
        return new Run(first, next.last, times + next.times, Math.max(longest, next.longest));
    }
}
