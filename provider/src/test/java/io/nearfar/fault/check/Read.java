package io.nearfar.fault.check;

import io.nearfar.fault.history.Kind;
import io.nearfar.fault.history.Operation;
import io.nearfar.fault.history.Outcome;
import io.nearfar.fault.history.Values;

/**
 * What a call tells of what was there.
 *
 * @param value what was there, or {@link Values#NONE} if nothing was
 * @param byAuthority whether the far tier itself must have been asked
 */
record Read(long value, boolean byAuthority, Operation by) {
    /** Tells whether it may be answered with what has ended and is kept. */
    boolean mayLoad() {
        return by.kind() == Kind.GET_OR_LOAD;
    }

    /** Tells whether it must not be answered any more with what a change has ended. */
    boolean minds(Write ending) {
        return !mayLoad() || ending.by().kind() != Kind.EXPIRE;
    }

    boolean isAbsence() {
        return value == Values.NONE;
    }

    /** Tells whether a node may have answered with what it was itself told in an outage that may not be over for it. */
    boolean isOwnOfAnOutage(Write seen, Bounds bounds) {
        return seen.by().outcome() == Outcome.NOTED
                && seen.by().caller().node() == by.caller().node()
                && bounds.mayBeAway(by.lastInvoked());
    }
}
