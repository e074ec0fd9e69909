package io.nearfar.fault.check;

import io.nearfar.fault.history.Kind;
import io.nearfar.fault.history.Operation;
import io.nearfar.fault.history.Span;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Once a server is known not to answer, calls cost next to nothing: they do not find it out again. */
final class SilentServer implements Rule {
    private static final long KNOWN_AFTER = TimeUnit.MILLISECONDS.toNanos(150);
    private static final long NEXT_TO_NOTHING = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int FEW = 100;

    @Override
    public void check(History history, Bounds bounds, Findings findings) {
        history.of(Kind.SILENCE).forEach(silence -> {
            Span span = silence.run().first();
            Span known = new Span(span.invoked() + bounds.deadline() + KNOWN_AFTER, span.returned());
            List<Long> times = history.operations().stream()
                    .filter(operation -> Budgets.isTimed(operation) && isWithin(operation, known))
                    .map(operation -> operation.run().first().nanos())
                    .sorted()
                    .toList();
            check(times, silence, findings);
        });
    }

    private static boolean isWithin(Operation operation, Span span) {
        return operation.invoked() > span.invoked() && operation.returned() < span.returned();
    }

    private static void check(List<Long> times, Operation silence, Findings findings) {
        if (times.size() < FEW) {
            return;
        }
        long p99 = times.get(times.size() * 99 / 100);
        if (p99 > NEXT_TO_NOTHING) {
            findings.add(
                    Invariant.I10,
                    "of " + times.size() + " calls while the server was known to be silent, one in a hundred took "
                            + TimeUnit.NANOSECONDS.toMicros(p99) + " µs or more",
                    silence);
        }
    }
}
