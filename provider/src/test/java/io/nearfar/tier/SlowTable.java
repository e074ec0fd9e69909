package io.nearfar.tier;

import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A table whose database can be held up: what is asked meanwhile is answered when it goes on. */
final class SlowTable implements OutageTable {
    private final OutageTable table;
    private volatile @Nullable CountDownLatch held;

    SlowTable(OutageTable table) {
        this.table = table;
    }

    void hold() {
        held = new CountDownLatch(1);
    }

    void pass() {
        CountDownLatch latch = held;
        held = null;
        if (latch != null) {
            latch.countDown();
        }
    }

    private OutageTable open() {
        CountDownLatch latch = held;
        try {
            if (latch != null && !latch.await(60, TimeUnit.SECONDS)) {
                throw new OutageTableException("held for a minute");
            }
            return table;
        } catch (InterruptedException e) {
            throw new OutageTableException("interrupted", e);
        }
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
    public boolean claim(OutageRow row, long number) {
        return open().claim(row, number);
    }

    @Override
    public boolean clear(OutageRow row, long number, BitSet partitions) {
        return open().clear(row, number, partitions);
    }

    @Override
    public void delete(String id, long number) {
        open().delete(id, number);
    }

    @Override
    public List<OutageRow> page(String scope, String after, int most) {
        return open().page(scope, after, most);
    }

    @Override
    public Set<String> scopes() {
        return open().scopes();
    }

    @Override
    public void close() {
        table.close();
    }
}
