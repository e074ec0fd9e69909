package io.nearfar.tier;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A table that somebody has locked against changes: reads are answered, and no change ends in its time. */
final class LockedTable extends GuardedTable {
    private final OutageTable table;
    private final AtomicInteger changes;
    private final long until;

    LockedTable(OutageTable table) {
        this(table, new AtomicInteger(), 0);
    }

    private LockedTable(OutageTable table, AtomicInteger changes, long until) {
        this.table = table;
        this.changes = changes;
        this.until = until;
    }

    /** Returns how many changes were tried. */
    int changes() {
        return changes.get();
    }

    private OutageTableException lockedOut() {
        changes.incrementAndGet();
        while (System.nanoTime() - until < 0) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
        return new OutageTableException("the time for it is over");
    }

    @Override
    OutageTable open() {
        return table;
    }

    @Override
    public boolean insert(OutageRow row) {
        throw lockedOut();
    }

    @Override
    public boolean update(OutageRow row, long number) {
        throw lockedOut();
    }

    @Override
    public Set<String> storeAll(Collection<Writing> writings) {
        throw lockedOut();
    }

    @Override
    public OutageTable until(long nanoTime) {
        return new LockedTable(table.until(nanoTime), changes, nanoTime);
    }

    @Override
    public void close() {
        table.close();
    }
}
