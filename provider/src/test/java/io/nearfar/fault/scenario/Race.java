package io.nearfar.fault.scenario;

import io.nearfar.fault.check.History;
import io.nearfar.fault.history.Kind;
import io.nearfar.fault.history.Operation;
import java.util.HashMap;
import java.util.Map;

/** Looks back on a race. */
final class Race {
    private Race() {}

    /** Returns how many keys were read for the first time while their last write went on. */
    static long met(History history) {
        Map<String, Operation> lastWrites = new HashMap<>();
        history.operations().stream()
                .filter(operation -> operation.kind() == Kind.PUT)
                .forEach(write -> lastWrites.merge(write.key(), write, (a, b) -> a.invoked() > b.invoked() ? a : b));
        return history.operations().stream()
                .filter(operation -> operation.kind() == Kind.GET)
                .filter(read -> isDuring(lastWrites.get(read.key()), read))
                .count();
    }

    private static boolean isDuring(Operation write, Operation read) {
        return write != null && write.run().first().overlap(read.run().first()) > 0;
    }
}
