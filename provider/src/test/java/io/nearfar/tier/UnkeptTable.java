package io.nearfar.tier;

import java.util.Set;

/** A table of which the background finds out nothing, so that only calls settle what is in it. */
final class UnkeptTable extends GuardedTable {
    private final OutageTable table;

    UnkeptTable(OutageTable table) {
        this.table = table;
    }

    @Override
    OutageTable open() {
        return table;
    }

    @Override
    public Set<String> scopes() {
        throw new OutageRefusalException("not in this test");
    }

    @Override
    public OutageTable until(long nanoTime) {
        return new UnkeptTable(table.until(nanoTime));
    }

    @Override
    public void close() {
        table.close();
    }
}
