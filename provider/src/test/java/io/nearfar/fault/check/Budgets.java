package io.nearfar.fault.check;

import io.nearfar.fault.history.Kind;
import io.nearfar.fault.history.Operation;
import io.nearfar.fault.history.Role;
import io.nearfar.fault.history.Span;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Every call ends in time. A machine that stood still meanwhile gives it as much more. */
final class Budgets implements Rule {
    /** What a busy machine may add to a deadline. */
    private static final long SLACK = TimeUnit.MILLISECONDS.toNanos(100);

    /** What a loader takes is its own matter, and a walk over the keys of all servers asks for one page after the other. */
    private static final Set<Kind> UNTIMED = EnumSet.of(Kind.LOAD, Kind.GET_OR_LOAD, Kind.EVENT, Kind.INVALIDATE);

    /** Where a read may look, and then have a value loaded. */
    private static final Set<Role> LOADED_NOW_AND_THEN = EnumSet.of(Role.TAGGED, Role.PATTERNED);

    @Override
    public void check(History history, Bounds bounds, Findings findings) {
        history.operations().stream().filter(Budgets::isTimed).forEach(operation -> {
            Span span = new Span(operation.invoked(), operation.lastReturned());
            long budget = (deadlines(operation) + toMakeUp(span, bounds)) * bounds.deadline()
                    + toAwait(operation, span, history, bounds)
                    + SLACK;
            if (operation.run().longest() > budget + history.stalled(span)) {
                findings.add(
                        Invariant.I10,
                        TimeUnit.NANOSECONDS.toMillis(operation.run().longest()) + " ms is longer than the "
                                + TimeUnit.NANOSECONDS.toMillis(budget) + " ms that it may take",
                        operation);
            }
        });
    }

    /** The first call for a key after an outage tells the far tier before it asks. */
    private static int toMakeUp(Span span, Bounds bounds) {
        return bounds.failsOpen() && bounds.isTroubled(span) ? 1 : 0;
    }

    /**
     * Whoever has a value loaded waits for a node that was loading it when its network went, until the network is back or the
     * lease has ended. Nobody waits so without a fault, or for nobody.
     */
    private static long toAwait(Operation operation, Span span, History history, Bounds bounds) {
        boolean waits = mayLoad(operation)
                && bounds.isTroubled(span)
                && history.loads(operation.key())
                        .filter(load ->
                                load.caller().node() != operation.caller().node())
                        .anyMatch(load -> load.returned() < span.returned()
                                && load.returned() + Bounds.LOAD_LEASE > span.invoked());
        return waits ? Math.min(Bounds.LOAD_LEASE, Math.max(0, bounds.goodAgain(span) - span.invoked())) : 0;
    }

    /** A call that waits for another's loader has another budget. */
    static boolean isTimed(Operation operation) {
        return operation.caller().isAtWork()
                && !UNTIMED.contains(operation.kind())
                && !operation.key().equals(History.EVERYTHING)
                && Role.of(operation.key()) != Role.LOADED;
    }

    /** Tells whether all of its time is the cache's, and none a loader's. */
    static boolean isOfTheCacheAlone(Operation operation) {
        return isTimed(operation) && !mayLoad(operation) && !isStaged(operation);
    }

    private static boolean mayLoad(Operation operation) {
        return operation.kind() == Kind.GET && LOADED_NOW_AND_THEN.contains(Role.of(operation.key()));
    }

    /** Tells whether it is one call of the far tier at most. */
    static boolean isOfOneDeadline(Operation operation) {
        return isTimed(operation) && deadlines(operation) == 1;
    }

    /** Returns how many calls of the far tier an operation consists of at most. */
    private static int deadlines(Operation operation) {
        return isStaged(operation) ? 2 * deadlinesOfAThread(operation) : deadlinesOfAThread(operation);
    }

    /** What has to be asked anew by a thread has its time once more. */
    private static boolean isStaged(Operation operation) {
        return Role.of(operation.key()) == Role.STAGED;
    }

    private static int deadlinesOfAThread(Operation operation) {
        return switch (operation.kind()) {
            case GET -> mayLoad(operation) ? 2 : 1; // the look, and the lease
            case EXPIRE -> operation.key().endsWith(History.EVERYTHING) ? 2 : 1;
            case PUT, REMOVE, PUT_IF_ABSENT, REPLACE, GET_AND_PUT, GET_AND_REMOVE -> 1;
            case INVOKE, REPLACE_VALUE, REMOVE_VALUE, GET_AND_REPLACE ->
                8; // read and commit, three losses, and then the lock on the key
            default -> 2;
        };
    }
}
