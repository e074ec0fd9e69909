package io.nearfar.tier;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A table whose database can be held up: what is asked meanwhile is answered when it goes on. */
final class SlowTable extends GuardedTable {
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

    @Override
    OutageTable open() {
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
    public void close() {
        table.close();
    }
}
