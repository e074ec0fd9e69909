package io.nearfar.fault.check;

import io.nearfar.fault.history.Kind;
import io.nearfar.fault.history.Operation;
import io.nearfar.fault.history.Outcome;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A call's own listener is told of what it changed, once and before it returns; and a node's events, of changes on whatever node,
 * keep their order and come once.
 */
final class Events implements Rule {
    @Override
    public void check(History history, Bounds bounds, Findings findings) {
        for (KeyHistory key : history.keys()) {
            key.operations().stream()
                    .filter(operation -> operation.events() != Operation.UNHEARD)
                    .filter(operation -> operation.events() < fewest(operation) || operation.events() > most(operation))
                    .forEach(operation -> findings.add(
                            Invariant.I13,
                            "its listener was told " + operation.events() + " times instead of " + most(operation),
                            operation));
            byNode(key).values().forEach(events -> {
                checkOrder(key, events, findings);
                checkOnce(events, findings);
            });
        }
    }

    private static int most(Operation operation) {
        return switch (operation.kind()) {
            case PUT,
                    PUT_IF_ABSENT,
                    REMOVE,
                    REMOVE_VALUE,
                    REPLACE,
                    REPLACE_VALUE,
                    GET_AND_PUT,
                    GET_AND_REPLACE,
                    GET_AND_REMOVE -> operation.outcome() == Outcome.REFUSED ? 0 : 1;
            default -> 0;
        };
    }

    private static int fewest(Operation operation) {
        return operation.outcome() == Outcome.DONE ? most(operation) : 0;
    }

    private static Map<Integer, List<Operation>> byNode(KeyHistory key) {
        return key.operations().stream()
                .filter(operation -> operation.kind() == Kind.EVENT)
                .sorted(Comparator.comparingInt(operation -> operation.run().times()))
                .collect(Collectors.groupingBy(operation -> operation.caller().node()));
    }

    /** No value is written twice. */
    private static void checkOnce(List<Operation> events, Findings findings) {
        Map<Long, Operation> told = new HashMap<>();
        for (Operation event : events) {
            Operation before = told.putIfAbsent(event.values().written(), event);
            if (before != null) {
                findings.add(Invariant.I13, "a listener was told twice of one change", before, event);
            }
        }
    }

    private static void checkOrder(KeyHistory key, List<Operation> events, Findings findings) {
        Operation newest = null;
        for (Operation event : events) {
            Write write = key.writeOf(event.values().written());
            Write before = newest == null ? null : key.writeOf(newest.values().written());
            if (write != null && before != null && write.isBefore(before)) {
                findings.add(Invariant.I13, "a listener was told of an older change after a newer one", newest, event);
            }
            newest = write != null && (before == null || before.isBefore(write)) ? event : newest;
        }
    }
}
