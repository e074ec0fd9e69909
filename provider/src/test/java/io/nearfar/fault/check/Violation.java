package io.nearfar.fault.check;

import io.nearfar.fault.history.Operation;
import java.util.List;

/**
 * An invariant that does not hold.
 *
 * @param what what is wrong with the operations
 * @param operations those that cannot all be as they were told, in the order in which {@code what} speaks of them
 */
public record Violation(Invariant invariant, String what, List<Operation> operations) {
    /** Tells it with the operations, in milliseconds since {@code origin}. */
    public String tell(long origin) {
        StringBuilder text = new StringBuilder(invariant.name()).append(": ").append(what);
        operations.forEach(operation -> text.append("\n    ").append(operation.tell(origin)));
        return text.toString();
    }
}
