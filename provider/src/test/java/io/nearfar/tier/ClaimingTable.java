package io.nearfar.tier;

import java.util.concurrent.atomic.AtomicReference;

/** A table whose user is told once when it has claimed a row, and goes on when the teller has returned. */
final class ClaimingTable extends GuardedTable {
    private final OutageTable table;
    private final AtomicReference<Runnable> onClaim;

    ClaimingTable(OutageTable table) {
        this(table, new AtomicReference<>(() -> {}));
    }

    private ClaimingTable(OutageTable table, AtomicReference<Runnable> onClaim) {
        this.table = table;
        this.onClaim = onClaim;
    }

    void onClaim(Runnable told) {
        onClaim.set(told);
    }

    @Override
    OutageTable open() {
        return table;
    }

    @Override
    public OutageTable until(long nanoTime) {
        return new ClaimingTable(table.until(nanoTime), onClaim);
    }

    @Override
    public boolean claim(OutageRow row, long number) {
        boolean claimed = table.claim(row, number);
        if (claimed) {
            onClaim.getAndSet(() -> {}).run();
        }
        return claimed;
    }

    @Override
    public void close() {
        table.close();
    }
}
