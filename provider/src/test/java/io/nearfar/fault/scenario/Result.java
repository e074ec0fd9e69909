package io.nearfar.fault.scenario;

import io.nearfar.fault.check.Report;
import io.nearfar.fault.history.Span;

/**
 * What a trial came to.
 *
 * @param trouble when something was wrong
 * @param recovery how long after the end of the fault anything still failed or was stale, in nanoseconds
 */
record Result(Report report, Span trouble, long recovery) {
    private static final long ENOUGH = 100;

    /** Returns this if so much was changed before and after that it says something about what lasts. */
    Result ofChanges() {
        long before = report.history().changes(new Span(Long.MIN_VALUE, trouble.invoked()));
        long after = report.history().changes(new Span(trouble.returned(), Long.MAX_VALUE));
        Fault.require(
                Math.min(before, after) >= ENOUGH,
                before + " sure changes before and " + after + " after it are too few");
        return this;
    }
}
