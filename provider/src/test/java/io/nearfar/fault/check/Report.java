package io.nearfar.fault.check;

import io.nearfar.fault.history.Operation;
import io.nearfar.fault.history.Span;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What a check came to.
 *
 * @param delays for every change and every other node how long it was missed there, in nanoseconds, sorted
 * @param worst the longest time for which a read on another node missed a change
 * @param lastStale when a read last missed a change for longer than it may in good health
 * @param longest the call that took the longest, or null
 * @param failures what was thrown, and how often
 */
public record Report(
        History history,
        Findings findings,
        List<Long> delays,
        Span worst,
        long lastStale,
        Operation longest,
        Map<String, Integer> failures) {
    private static final long MOST_STALLED = TimeUnit.MILLISECONDS.toNanos(200);

    /** Returns the delay that this share of all does not exceed, in nanoseconds. */
    public long delay(double share) {
        return delays.isEmpty() ? 0 : delays.get((int) Math.ceil(share * delays.size()) - 1);
    }

    /** Returns how long after {@code instant} something still failed or was too stale for good health, in nanoseconds. */
    public long recovery(long instant) {
        long failed = history.operations().stream()
                .filter(operation -> !operation.failure().isEmpty())
                .mapToLong(Operation::lastReturned)
                .max()
                .orElse(instant);
        return Math.max(0, Math.max(failed, lastStale) - instant);
    }

    /**
     * Tells whether the machine stood still so often that what it says about time says nothing about caches: a call
     * passes through five threads, and each of them may have to wait for its turn.
     */
    private boolean isOfABusyMachine() {
        return history.stalled(new Span(Long.MIN_VALUE, Long.MAX_VALUE)) > MOST_STALLED;
    }

    /** Tells whether a run should be repeated: all that it violated speaks of time, and the machine did not keep it. */
    public boolean saysNothing() {
        Set<Invariant> violated = findings.violated();
        return !violated.isEmpty() && Invariant.TIMED.containsAll(violated) && isOfABusyMachine();
    }
}
