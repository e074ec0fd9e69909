package io.nearfar.fault.check;

import io.nearfar.fault.history.Kind;
import io.nearfar.fault.history.Operation;
import io.nearfar.fault.history.Values;

/**
 * A change of one key. It happened at one instant between the two, or, unless it is sure, not at all.
 *
 * @param value what it left, or {@link Values#NONE} for a removal
 */
record Write(long value, long earliest, long latest, boolean sure, Operation by) {
    static final long NEVER = Long.MAX_VALUE;

    /**
     * Returns until when what came later certainly came later: also what was noted in an outage and is made up for at any
     * time undoes nothing that was changed after it was told.
     */
    long orderedBy() {
        return by.returned();
    }

    /** Tells whether it changed something if that value was there. */
    boolean concerns(long other) {
        return by.kind() != Kind.INVALIDATE_LIKE
                || Values.isLike(other, by.values().wanted());
    }

    boolean isRemoval() {
        return value == Values.NONE;
    }

    /** Tells whether it certainly happened before the other, if both did. */
    boolean isBefore(Write other) {
        return latest < other.earliest;
    }
}
