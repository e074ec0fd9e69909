package io.nearfar.tier;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A table whose user is told once of a claim, and can hold up who searches for one row until that row is settled. */
final class SearchedTable extends GuardedTable {
    /** What those have in common that stand before one table. */
    private static final class Search {
        private final String id;
        private final CountDownLatch first = new CountDownLatch(1);
        private final CountDownLatch deleted = new CountDownLatch(1);
        private final CountDownLatch settled = new CountDownLatch(1);
        private final AtomicInteger searches = new AtomicInteger();
        private final AtomicReference<Runnable> onClaim = new AtomicReference<>(() -> {});
        private volatile Held held = Held.NONE;

        private Search(String id) {
            this.id = id;
        }

        private boolean isDeleted() {
            return deleted.getCount() == 0;
        }
    }

    /** Which searches are held up. */
    private enum Held {
        NONE,
        /** The first is made at once, the others when the row has been deleted. */
        LATER_ONES,
        /** The answer of the first too, until whoever has deleted the row goes on to the next rows. */
        FIRST_ANSWER
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

    /** Returns the table of another node, whose searches count as well, as do its claims and deletions. */
    SearchedTable beside(OutageTable other) {
        return new SearchedTable(other, search);
    }

    void onClaim(Runnable told) {
        search.onClaim.set(told);
    }

    void holdSecondSearch() {
        search.held = Held.LATER_ONES;
    }

    void holdFirstAnswer() {
        search.held = Held.FIRST_ANSWER;
    }

    void awaitFirstSearch() {
        await(search.first);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new OutageTableException("nobody went on");
            }
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
        if (search.held == Held.NONE || !ids.contains(search.id)) {
            return table.find(ids);
        } else if (search.searches.incrementAndGet() == 1) {
            return first(ids);
        }
        await(search.deleted);
        return table.find(ids);
    }

    private List<OutageRow> first(Collection<String> ids) {
        List<OutageRow> found = table.find(ids);
        search.first.countDown();
        if (search.held == Held.FIRST_ANSWER) {
            await(search.settled);
        }
        return found;
    }

    @Override
    public List<OutageRow> page(String scope, String after, int most) {
        if (search.isDeleted()) {
            search.settled.countDown();
        }
        return table.page(scope, after, most);
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
