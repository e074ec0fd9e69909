package io.nearfar.fault.check;

import io.nearfar.fault.history.Kind;
import io.nearfar.fault.history.Operation;
import io.nearfar.fault.history.Span;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server falls silent: of the calls that find it out, ninety-nine of a hundred take a deadline and hardly more. */
final class FirstSilence implements Rule {
    private static final long HARDLY_MORE = TimeUnit.MILLISECONDS.toNanos(20);

    @Override
    public void check(History history, Bounds bounds, Findings findings) {
        history.of(Kind.SILENCE).forEach(silence -> check(history, silence, bounds.deadline(), findings));
    }

    private static void check(History history, Operation silence, long deadline, Findings findings) {
        long silent = silence.invoked();
        Span finding = new Span(silent, silent + 2 * deadline);
        List<Operation> slowest = history.operations().stream()
                .filter(operation -> Budgets.isOfOneDeadline(operation)
                        && operation.invoked() >= silent
                        && operation.invoked() < silent + deadline)
                .sorted((one, other) -> Long.compare(nanos(one), nanos(other)))
                .toList();
        if (slowest.isEmpty()) {
            findings.add(Invariant.I10, "no call found out that the server was silent, so this shows nothing", silence);
        } else {
            Operation slow = slowest.get(slowest.size() * 99 / 100);
            long limit = deadline + HARDLY_MORE + longestTurn(history, finding) + history.stalled(finding);
            if (nanos(slow) > limit) {
                findings.add(
                        Invariant.I10,
                        "of " + slowest.size()
                                + " calls that found out that the server was silent, one in a hundred took "
                                + TimeUnit.NANOSECONDS.toMicros(nanos(slow)) + " µs or more",
                        slow);
            }
        }
    }

    private static long nanos(Operation operation) {
        return operation.run().first().nanos();
    }

    private static long longestTurn(History history, Span span) {
        return history.of(Kind.TURN)
                .map(turn -> turn.run().first())
                .filter(turn -> turn.overlap(span) > 0)
                .mapToLong(Span::nanos)
                .max()
                .orElse(0);
    }
}
