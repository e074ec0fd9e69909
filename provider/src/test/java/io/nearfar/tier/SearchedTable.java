package io.nearfar.tier;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A table whose user is told once of a claim, and can hold up who searches for one row until that row is deleted. */
final class SearchedTable extends GuardedTable {
    /** What those have in common that stand before one table. */
    private static final class Search {
        private final String id;
        private final CountDownLatch first = new CountDownLatch(1);
        private final CountDownLatch deleted = new CountDownLatch(1);
        private final AtomicInteger searches = new AtomicInteger();
        private final AtomicReference<Runnable> onClaim = new AtomicReference<>(() -> {});
        private volatile boolean holds;

        private Search(String id) {
            this.id = id;
        }
    }

    private final OutageTable table;
    private final Search search;

    SearchedTable(OutageTable table, String id) {
        this(table, new Search(id));
    }

    private SearchedTable(OutageTable table, Search search) {
        this.table = table;
        this.search = search;
    }

    void onClaim(Runnable told) {
        search.onClaim.set(told);
    }

    void holdSecondSearch() {
        search.holds = true;
    }

    void awaitFirstSearch() {
        await(search.first);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new OutageTableException("interrupted", e);
        }
    }

    @Override
    OutageTable open() {
        return table;
    }

    @Override
    public List<OutageRow> find(Collection<String> ids) {
        if (!search.holds || !ids.contains(search.id)) {
            return table.find(ids);
        } else if (search.searches.incrementAndGet() == 1) {
            List<OutageRow> found = table.find(ids);
            search.first.countDown();
            return found;
        }
        await(search.deleted);
        return table.find(ids);
    }

    @Override
    public boolean claim(OutageRow row, long number) {
        boolean claimed = table.claim(row, number);
        if (claimed) {
            search.onClaim.getAndSet(() -> {}).run();
        }
        return claimed;
    }

    @Override
    public boolean delete(String id, long number) {
        boolean deleted = table.delete(id, number);
        if (deleted && id.equals(search.id)) {
            search.deleted.countDown();
        }
        return deleted;
    }

    @Override
    public OutageTable until(long nanoTime) {
        return new SearchedTable(table.until(nanoTime), search);
    }

    @Override
    public void close() {
        table.close();
    }
}
