package io.nearfar.fault.check;

import io.nearfar.fault.history.Caller;
import io.nearfar.fault.history.Operation;
import io.nearfar.fault.history.Outcome;
import io.nearfar.fault.history.Values;
import java.util.ArrayList;
import java.util.List;

/** What an operation says about its key. */
final class Meaning {
    private Meaning() {}

    /** Returns the changes that it made, or may have made. */
    static List<Write> writes(Operation operation) {
        return switch (operation.kind()) {
            case PUT, PUT_ALL, PUT_IF_ABSENT, REPLACE, REPLACE_VALUE, GET_AND_PUT, GET_AND_REPLACE ->
                changes(operation, operation.values().written());
            case REMOVE_VALUE -> changes(operation, Values.NONE);
            case REMOVE, EXPIRE, GET_AND_REMOVE, CLEAR, INVALIDATE, LOSS -> List.of(removal(operation));
            case INVALIDATE_LIKE -> List.of(removalOfSome(operation));
            case LOAD -> loads(operation);
            case EVICTION -> List.of(unsure(operation, Values.NONE, operation.returned()));
            default -> List.of();
        };
    }

    private static List<Write> changes(Operation operation, long value) {
        List<Write> changes = new ArrayList<>();
        switch (operation.outcome()) {
            case DONE -> changes.add(sure(operation, value));
            case FAILED -> changes.add(unsure(operation, value, operation.returned()));
            case NOTED -> {
                changes.add(unsure(operation, value, Write.NEVER));
                changes.add(unsure(operation, Values.NONE, Write.NEVER));
            }
            case REFUSED -> changes.clear();
        }
        return changes;
    }

    /** One that a node has kept for itself is made up for as a put is: what it does not know goes. */
    private static List<Write> loads(Operation operation) {
        Write loaded = unsure(operation, operation.values().written(), latest(operation));
        return operation.outcome() == Outcome.NOTED
                ? List.of(loaded, unsure(operation, Values.NONE, Write.NEVER))
                : List.of(loaded);
    }

    /** Whoever was told that nothing was there to be removed knows that nothing is there. */
    private static Write removal(Operation operation) {
        return switch (operation.outcome()) {
            case DONE, REFUSED -> sure(operation, Values.NONE);
            case FAILED -> unsure(operation, Values.NONE, operation.returned());
            case NOTED -> unsure(operation, Values.NONE, Write.NEVER);
        };
    }

    /** What was there may have been of the others; of those that were meant, {@link Write#concerns} tells. */
    private static Write removalOfSome(Operation operation) {
        return unsure(operation, Values.NONE, latest(operation));
    }

    private static long latest(Operation operation) {
        return operation.outcome() == Outcome.NOTED ? Write.NEVER : operation.returned();
    }

    private static Write sure(Operation operation, long value) {
        return new Write(value, operation.invoked(), operation.returned(), true, operation);
    }

    private static Write unsure(Operation operation, long value, long latest) {
        return new Write(value, operation.invoked(), latest, false, operation);
    }

    /** Returns what the caller learned of what was there, or null if nothing. */
    static Read read(Operation operation) {
        long found = operation.values().found();
        boolean done = operation.outcome() == Outcome.DONE;
        boolean refused = operation.outcome() == Outcome.REFUSED;
        return switch (operation.kind()) {
            case GET, GET_OR_LOAD, GET_ALL -> done ? new Read(found, false, operation) : null;
            case LAST_GET -> done ? new Read(found, operation.caller().equals(Caller.JUDGE), operation) : null;
            case GET_AND_PUT -> done ? new Read(found, true, operation) : null;
            case GET_AND_REPLACE, GET_AND_REMOVE -> done || refused ? new Read(found, true, operation) : null;
            case REPLACE_VALUE, REMOVE_VALUE ->
                done ? new Read(operation.values().wanted(), true, operation) : null;
            case PUT_IF_ABSENT -> done ? new Read(Values.NONE, true, operation) : null;
            case REPLACE, REMOVE, EXPIRE -> refused ? new Read(Values.NONE, true, operation) : null;
            default -> null;
        };
    }

    /** Returns the value that the caller was told has not been written, or {@link Values#NONE}. */
    static long denied(Operation operation) {
        return operation.outcome() == Outcome.REFUSED ? operation.values().written() : Values.NONE;
    }

    /** Returns the value that the caller was told it has taken out of the cache, or {@link Values#NONE}. */
    static long taken(Operation operation) {
        Read read = operation.outcome() == Outcome.DONE ? read(operation) : null;
        return read != null && read.byAuthority() && operation.caller().node() >= 0 ? read.value() : Values.NONE;
    }
}
