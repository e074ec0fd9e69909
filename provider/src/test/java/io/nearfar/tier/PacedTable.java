package io.nearfar.tier;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A table that counts what it is asked, and may take its time over a page. */
final class PacedTable extends GuardedTable {
    private final OutageTable table;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile long pageNanos;

    PacedTable(OutageTable table) {
        this.table = table;
    }

    void pages(long nanos) {
        pageNanos = nanos;
    }

    /** Returns how often it was asked since this was called before. */
    int asked() {
        return asked.getAndSet(0);
    }

    @Override
    OutageTable open() {
        asked.incrementAndGet();
        return table;
    }

    @Override
    public List<OutageRow> page(String scope, String after, int most) {
        LockSupport.parkNanos(pageNanos);
        return super.page(scope, after, most);
    }

    /** In front of this, too, each page takes its time. */
    @Override
    public OutageTable until(long nanoTime) {
        return this;
    }

    @Override
    public void close() {
        table.close();
    }
}
