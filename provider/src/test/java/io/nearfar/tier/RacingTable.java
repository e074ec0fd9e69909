package io.nearfar.tier;

import java.util.Collection;
import java.util.Set;

/** A table in which another node is faster: what is to be inserted with others is there already. */
final class RacingTable extends GuardedTable {
    private final OutageTable table;

    RacingTable(OutageTable table) {
        this.table = table;
    }

    @Override
    OutageTable open() {
        return table;
    }

    @Override
    public Set<String> storeAll(Collection<Writing> writings) {
        writings.stream()
                .filter(writing -> writing.number() == OutageRow.NONE)
                .limit(1)
                .forEach(writing -> table.insert(writing.row()));
        return table.storeAll(writings);
    }

    @Override
    public OutageTable until(long nanoTime) {
        return new RacingTable(table.until(nanoTime));
    }

    @Override
    public void close() {
        table.close();
    }
}
