package io.nearfar.fault.check;

import io.nearfar.fault.history.Operation;
import io.nearfar.fault.history.Span;
import java.util.concurrent.TimeUnit;

/**
 * No call fails while nothing is wrong, nor longer after the end of a fault than it may take until all is well. The first
 * calls of a JVM are its slowest.
 */
final class Recoveries implements Rule {
    private static final long WARM = TimeUnit.SECONDS.toNanos(1);

    @Override
    public void check(History history, Bounds bounds, Findings findings) {
        long warm = WARM + begin(history);
        history.operations().stream()
                .filter(operation -> !operation.failure().isEmpty() && operation.invoked() > warm)
                .filter(operation -> !bounds.isTroubled(end(operation)))
                .filter(operation -> history.stalled(whole(operation)) == 0)
                .forEach(operation -> findings.add(
                        Invariant.I5,
                        "a call failed although nothing was wrong" + since(operation, bounds),
                        operation));
    }

    private static long begin(History history) {
        return history.operations().stream()
                .filter(operation -> operation.caller().isAtWork())
                .mapToLong(Operation::invoked)
                .min()
                .orElse(0);
    }

    /** A call that ends too late is one too many, whenever it began. */
    private static Span end(Operation operation) {
        return new Span(operation.lastReturned() - 1, operation.lastReturned());
    }

    private static Span whole(Operation operation) {
        return new Span(operation.invoked(), operation.lastReturned());
    }

    private static String since(Operation operation, Bounds bounds) {
        return bounds.troubles().stream()
                .filter(trouble -> trouble.returned() < operation.lastReturned())
                .map(trouble -> TimeUnit.NANOSECONDS.toMillis(operation.lastReturned() - trouble.returned()))
                .map(millis -> " any more for " + millis + " ms")
                .reduce("", (first, last) -> last);
    }
}
