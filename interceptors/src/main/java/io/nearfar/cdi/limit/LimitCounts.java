package io.nearfar.cdi.limit;

import io.nearfar.Bypass;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Counts what became of the calls under a limit. Safe for use by several threads. */
final class LimitCounts {
    private final LongAdder admitted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder exempted = new LongAdder();
    private final LongAdder shadowed = new LongAdder();
    private final ShadowLog log;
    private final Consumer<Bypass> bypasses;

    /** Creates the counts of a limit, which tell {@code log} and {@code bypasses} what it would have refused. */
    LimitCounts(ShadowLog log, Consumer<Bypass> bypasses) {
        this.log = log;
        this.bypasses = bypasses;
    }

    void admitted() {
        admitted.increment();
    }

    void refused() {
        refused.increment();
    }

    void exempted() {
        exempted.increment();
        bypasses.accept(Bypass.EXEMPT);
    }

    void shadowed() {
        shadowed.increment();
        bypasses.accept(Bypass.SHADOW);
        log.refused();
    }

    LimitFigures figures() {
        return new LimitFigures(admitted.sum(), refused.sum(), exempted.sum(), shadowed.sum());
    }
}
