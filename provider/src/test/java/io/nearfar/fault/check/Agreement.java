package io.nearfar.fault.check;

import io.nearfar.fault.history.Caller;
import io.nearfar.fault.history.Kind;
import io.nearfar.fault.history.Operation;
import io.nearfar.fault.history.Outcome;
import io.nearfar.fault.history.Values;
import java.util.List;

/**
 * After quiet every node reads what the far tier has. What was evicted there may be near for a while; and a warming that an outage has
 * broken off begins again when all others rest.
 */
final class Agreement implements Rule {
    @Override
    public void check(History history, Bounds bounds, Findings findings) {
        boolean evicts = history.of(Kind.EVICTION).findAny().isPresent();
        for (KeyHistory key : history.keys()) {
            List<Operation> last = key.operations().stream()
                    .filter(operation -> operation.kind() == Kind.LAST_GET)
                    .toList();
            last.stream()
                    .filter(operation -> operation.caller().equals(Caller.JUDGE))
                    .findFirst()
                    .ifPresent(truth ->
                            last.forEach(each -> check(truth, each, isExcused(key, truth, each, evicts), findings)));
        }
    }

    private static boolean isExcused(KeyHistory key, Operation truth, Operation last, boolean evicts) {
        return (evicts && (isAbsent(truth) || isAbsent(last)))
                || mayBeWarmedSince(last, key.writeOf(truth.values().found()));
    }

    /** Tells whether what the far tier has may have been loaded by a warming after that read. */
    private static boolean mayBeWarmedSince(Operation last, Write write) {
        return write != null
                && write.by().kind() == Kind.LOAD
                && write.by().caller().thread() == Caller.WARMER
                && write.earliest() + History.LONGEST_LOAD > last.invoked();
    }

    private static void check(Operation truth, Operation last, boolean excused, Findings findings) {
        if (last.outcome() == Outcome.FAILED) {
            findings.add(Invariant.I5, "a read failed although all was well again", last);
        } else if (last.values().found() != truth.values().found() && !excused) {
            findings.add(Invariant.I5, "after quiet a node does not read what the far tier has", last, truth);
        }
    }

    private static boolean isAbsent(Operation operation) {
        return operation.values().found() == Values.NONE;
    }
}
