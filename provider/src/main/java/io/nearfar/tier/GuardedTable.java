package io.nearfar.tier;

import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A table before which somebody stands. */
abstract class GuardedTable implements OutageTable {
    /**
     * Returns the table, to be asked once.
     *
     * @throws OutageTableException if nobody is let in
     */
    abstract OutageTable open();

    /** It is the same who stands before it. */
    @Override
    public OutageTable until(long nanoTime) {
        GuardedTable guard = this;
        return new GuardedTable() {
            @Override
            OutageTable open() {
                return guard.open().until(nanoTime);
            }

            @Override
            public void close() {
                guard.close();
            }
        };
    }

    @Override
    public List<OutageRow> find(Collection<String> ids) {
        return open().find(ids);
    }

    @Override
    public boolean insert(OutageRow row) {
        return open().insert(row);
    }

    @Override
    public boolean update(OutageRow row, long number) {
        return open().update(row, number);
    }

    @Override
    public Set<String> storeAll(Collection<Writing> writings) {
        return open().storeAll(writings);
    }

    @Override
    public boolean claim(OutageRow row, long number) {
        return open().claim(row, number);
    }

    @Override
    public boolean clear(OutageRow row, long number) {
        return open().clear(row, number);
    }

    @Override
    public @Nullable String forget(String scope, BitSet partitions, String after) {
        return open().forget(scope, partitions, after);
    }

    @Override
    public boolean delete(String id, long number) {
        return open().delete(id, number);
    }

    @Override
    public List<OutageRow> page(String scope, String after, int most) {
        return open().page(scope, after, most);
    }

    @Override
    public Set<String> scopes() {
        return open().scopes();
    }
}
