package io.nearfar.fault.check;

import io.nearfar.fault.history.Caller;
import io.nearfar.fault.history.Kind;
import io.nearfar.fault.history.Operation;
import io.nearfar.fault.history.Outcome;
import io.nearfar.fault.history.Role;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every increment counts once: sums are not handed out twice, grow with time, and end at the number of increments. */
final class Counts implements Rule {
    @Override
    public void check(History history, Bounds bounds, Findings findings) {
        if (!history.hasLosses()) {
            history.keys().stream().filter(key -> key.role() == Role.COUNTERS).forEach(key -> check(key, findings));
        }
    }

    private static void check(KeyHistory key, Findings findings) {
        List<Operation> done = of(key, Outcome.DONE)
                .sorted(Comparator.comparingLong(Operation::invoked))
                .toList();
        checkDistinct(done, findings);
        checkGrowth(done, findings);
        checkEnd(key, findings);
    }

    private static Stream<Operation> of(KeyHistory key, Outcome outcome) {
        return key.operations().stream()
                .filter(operation -> operation.kind() == Kind.INVOKE && operation.outcome() == outcome);
    }

    private static void checkDistinct(List<Operation> done, Findings findings) {
        Map<Long, Operation> sums = new HashMap<>();
        for (Operation operation : done) {
            Operation before = sums.put(operation.values().found(), operation);
            if (before != null) {
                findings.add(Invariant.I6, "two increments came to the same sum", before, operation);
            }
        }
    }

    private static void checkGrowth(List<Operation> done, Findings findings) {
        List<Operation> byEnd = done.stream()
                .sorted(Comparator.comparingLong(Operation::returned))
                .toList();
        Operation largest = null;
        int at = 0;
        for (Operation operation : done) {
            for (; at < byEnd.size() && byEnd.get(at).returned() < operation.invoked(); at++) {
                largest = largest == null
                                || byEnd.get(at).values().found()
                                        > largest.values().found()
                        ? byEnd.get(at)
                        : largest;
            }
            if (largest != null && largest.values().found() > operation.values().found()) {
                findings.add(Invariant.I6, "a later increment came to a smaller sum", largest, operation);
            }
        }
    }

    private static void checkEnd(KeyHistory key, Findings findings) {
        key.operations().stream()
                .filter(operation -> operation.kind() == Kind.LAST_GET)
                .filter(operation -> operation.caller().equals(Caller.JUDGE))
                .filter(last -> last.outcome() == Outcome.DONE)
                .forEach(last -> checkEnd(key, last, findings));
    }

    private static void checkEnd(KeyHistory key, Operation last, Findings findings) {
        long done = of(key, Outcome.DONE).filter(each -> isBefore(each, last)).count();
        // an increment that met an outage, and then was made all the same, is noted
        long unsure = Stream.concat(of(key, Outcome.FAILED), of(key, Outcome.NOTED))
                .filter(each -> isBefore(each, last))
                .count();
        if (last.values().found() < done || last.values().found() > done + unsure) {
            findings.add(
                    Invariant.I6,
                    done + " increments were acknowledged and " + unsure + " failed, which is not what is there",
                    last);
        }
    }

    private static boolean isBefore(Operation increment, Operation last) {
        return increment.returned() < last.invoked();
    }
}
