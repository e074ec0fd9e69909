package io.nearfar.tier;

import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * A table for one job, until an instant: who waited for the job has gone on then, and remembers by itself. What the job
 * would do later it does not do, since others may have changed meanwhile what it has not even read yet.
 *
 * @param until on the clock of {@link System#nanoTime}
 */
record TimedTable(OutageTable table, long until) implements OutageTable {
    private OutageTable inTime() {
        if (System.nanoTime() - until > 0) {
            throw new OutageTableException("the time for it is over");
        }
        return table;
    }

    @Override
    public List<OutageRow> find(Collection<String> ids) {
        return inTime().find(ids);
    }

    @Override
    public boolean insert(OutageRow row) {
        return inTime().insert(row);
    }

    @Override
    public boolean update(OutageRow row, long number) {
        return inTime().update(row, number);
    }

    @Override
    public boolean claim(OutageRow row, long number) {
        return inTime().claim(row, number);
    }

    @Override
    public boolean clear(OutageRow row, long number, BitSet partitions) {
        return inTime().clear(row, number, partitions);
    }

    @Override
    public void delete(String id, long number) {
        inTime().delete(id, number);
    }

    @Override
    public List<OutageRow> page(String scope, String after, int most) {
        return inTime().page(scope, after, most);
    }

    @Override
    public Set<String> scopes() {
        return inTime().scopes();
    }

    /** Closes nothing: the table goes on to serve others. */
    @Override
    public void close() {}
}
