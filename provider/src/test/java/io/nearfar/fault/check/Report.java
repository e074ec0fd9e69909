package io.nearfar.fault.check;

import io.nearfar.fault.history.Operation;
import io.nearfar.fault.history.Span;
import java.util.List;
import java.util.Map;

/**
 * What a check came to.
 *
 * @param delays for every change and every other node how long it was missed there, in nanoseconds, sorted
 * @param worst the longest time for which a read on another node missed a change
 * @param longest the call that took the longest, or null
 * @param failures what was thrown, and how often
 */
public record Report(
        History history,
        Findings findings,
        List<Long> delays,
        Span worst,
        Operation longest,
        Map<String, Integer> failures) {

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
        long stale = worst.nanos() > Bounds.HEALTHY ? worst.returned() : instant;
        return Math.max(0, Math.max(failed, stale) - instant);
    }
}
