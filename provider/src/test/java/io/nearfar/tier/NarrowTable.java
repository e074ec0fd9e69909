package io.nearfar.tier;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A table that brings a few rows at once, as large ones come over a slow line: more take longer than anybody waits. */
final class NarrowTable extends GuardedTable {
    private final OutageTable table;
    private final int most;
    private final long until;

    NarrowTable(OutageTable table, int most) {
        this(table, most, 0);
    }

    private NarrowTable(OutageTable table, int most, long until) {
        this.table = table;
        this.most = most;
        this.until = until;
    }

    @Override
    OutageTable open() {
        return table;
    }

    @Override
    public List<OutageRow> find(Collection<String> ids) {
        List<OutageRow> rows = table.find(ids);
        while (rows.size() > most && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
        if (rows.size() > most) {
            throw new OutageTableException("the time for it is over");
        }
        return rows;
    }

    @Override
    public OutageTable until(long nanoTime) {
        return new NarrowTable(table.until(nanoTime), most, nanoTime);
    }

    @Override
    public void close() {
        table.close();
    }
}
