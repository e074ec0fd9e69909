package io.nearfar.fault.check;

import io.nearfar.fault.history.Kind;
import io.nearfar.fault.history.Operation;
import io.nearfar.fault.history.Span;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

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
            long turn = p99(times(history, operation -> operation.kind() == Kind.TURN, known));
            check(times(history, Budgets::isOfTheCacheAlone, known), turn, silence, findings);
        });
    }

    private static List<Long> times(History history, Predicate<Operation> which, Span span) {
        return history.operations().stream()
                .filter(operation -> which.test(operation) && isWithin(operation, span))
                .map(operation -> operation.run().first().nanos())
                .sorted()
                .toList();
    }

    private static long p99(List<Long> sorted) {
        return sorted.isEmpty() ? 0 : sorted.get(sorted.size() * 99 / 100);
    }

    private static boolean isWithin(Operation operation, Span span) {
        return operation.invoked() > span.invoked() && operation.returned() < span.returned();
    }

    /** A call may take longer by what a thread waited for its turn meanwhile. */
    private static void check(List<Long> times, long turn, Operation silence, Findings findings) {
        long p99 = p99(times);
        if (times.size() < FEW) {
            findings.add(
                    Invariant.I10,
                    "only " + times.size() + " calls while the server was known to be silent, which shows nothing",
                    silence);
        } else if (p99 > NEXT_TO_NOTHING + turn) {
            findings.add(
                    Invariant.I10,
                    "of " + times.size() + " calls while the server was known to be silent, one in a hundred took "
                            + TimeUnit.NANOSECONDS.toMicros(p99) + " µs or more",
                    silence);
        }
    }
}
