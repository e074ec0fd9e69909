package io.nearfar.fault.check;

import io.nearfar.fault.history.Kind;
import io.nearfar.fault.history.Operation;
import io.nearfar.fault.history.Outcome;
import io.nearfar.fault.history.Role;
import io.nearfar.fault.history.Values;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Of all that want the same thing, one gets it. */
final class Handovers implements Rule {
    @Override
    public void check(History history, Bounds bounds, Findings findings) {
        for (KeyHistory key : history.keys()) {
            checkTaken(key, findings);
            if (key.role() == Role.ONCE && !history.hasLosses()) {
                checkWinners(key, findings);
            }
        }
    }

    private static void checkTaken(KeyHistory key, Findings findings) {
        Map<Long, Operation> taken = new HashMap<>();
        for (Operation operation : key.operations()) {
            long value = Meaning.taken(operation);
            Operation before = value == Values.NONE ? null : taken.put(value, operation);
            if (before != null) {
                findings.add(Invariant.I6, "one value was handed out twice", before, operation);
            }
        }
    }

    private static void checkWinners(KeyHistory key, Findings findings) {
        List<Operation> winners = key.operations().stream()
                .filter(operation -> operation.kind() == Kind.PUT_IF_ABSENT && operation.outcome() == Outcome.DONE)
                .toList();
        if (winners.size() > 1) {
            findings.add(Invariant.I6, "two were first", winners.get(0), winners.get(1));
        }
    }
}
