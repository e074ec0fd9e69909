package io.nearfar.cdi.limit;

import java.util.concurrent.atomic.LongAdder;

/** Counts what became of the calls under a limit. Safe for use by several threads. */
final class LimitCounts {
    private final LongAdder admitted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder exempted = new LongAdder();
    private final LongAdder shadowed = new LongAdder();
    private final ShadowLog log;

    /** Creates the counts of a limit, which tell in {@code log} what it would have refused. */
    LimitCounts(ShadowLog log) {
        this.log = log;
    }

    void admitted() {
        admitted.increment();
    }

    void refused() {
        refused.increment();
    }

    void exempted() {
        exempted.increment();
    }

    void shadowed() {
        shadowed.increment();
        log.refused();
    }

    LimitFigures figures() {
        return new LimitFigures(admitted.sum(), refused.sum(), exempted.sum(), shadowed.sum());
    }
}
