package io.nearfar.tier;

/**
 * A table for one job, until an instant: who waited for the job has gone on then, and remembers by itself. What the job
 * would do later it does not do, since others may have changed meanwhile what it has not even read yet.
 */
final class TimedTable extends GuardedTable {
    private final OutageTable table;
    private final long until;

    /** Creates one; {@code until} is on the clock of {@link System#nanoTime}. */
    TimedTable(OutageTable table, long until) {
        this.table = table.until(until);
        this.until = until;
    }

    @Override
    OutageTable open() {
        if (System.nanoTime() - until > 0) {
            throw new OutageTableException("the time for it is over");
        }
        return table;
    }

    /** Closes nothing: the table goes on to serve others. */
    @Override
    public void close() {}
}
