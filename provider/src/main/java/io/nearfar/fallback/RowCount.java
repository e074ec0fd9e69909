package io.nearfar.fallback;

import io.nearfar.tier.OutageRefusalException;
import java.util.concurrent.atomic.AtomicLong;

/** About how many rows a table has: as many as were counted, and what this node has added since. */
final class RowCount {
    private final String table;
    private final long most;
    private final AtomicLong rows = new AtomicLong();

    RowCount(String table, long most) {
        this.table = table;
        this.most = most;
    }

    long known() {
        return rows.get();
    }

    /** They were counted; what has been added since {@code before} was known may be among them or not. */
    void counted(long number, long before) {
        rows.addAndGet(number - before);
    }

    void added(long number) {
        rows.addAndGet(number);
    }

    void deleted(long number) {
        rows.addAndGet(-number);
    }

    /** Refuses to add rows to a table that is full. */
    void mustTake(long more) {
        long there = rows.get();
        if (there + more > most) {
            throw new OutageRefusalException("the table " + table + " has " + there
                    + " rows, and nearfar.fallback.entries allows " + most + "; raise it if the database has room");
        }
    }
}
