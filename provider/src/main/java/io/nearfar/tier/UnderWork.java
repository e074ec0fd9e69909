package io.nearfar.tier;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The rows that this node is just settling, each by one thread. Safe for use by several threads. */
final class UnderWork {
    private final Map<String, CompletableFuture<Void>> ends = new ConcurrentHashMap<>();

    /** Begins to work on those of the rows on which no other thread is at work; returns them. */
    List<OutageRow> begin(Collection<OutageRow> rows) {
        return rows.stream()
                .filter(row -> ends.putIfAbsent(row.id(), new CompletableFuture<>()) == null)
                .toList();
    }

    /** Ends the work on rows. */
    void end(Collection<OutageRow> begun) {
        for (OutageRow row : begun) {
            CompletableFuture<Void> end = ends.remove(row.id());
            if (end != null) {
                end.complete(null);
            }
        }
    }

    /**
     * Waits until the work on those of the rows has ended on which somebody is at work.
     *
     * @return whether there were any and it has: they are other rows then, or none
     */
    boolean awaits(Collection<OutageRow> rows, long nanos) {
        CompletableFuture<?>[] others = rows.stream()
                .map(row -> ends.get(row.id()))
                .filter(Objects::nonNull)
                .toArray(CompletableFuture<?>[]::new);
        return others.length > 0 && areEnded(CompletableFuture.allOf(others), nanos);
    }

    private static boolean areEnded(CompletableFuture<?> all, long nanos) {
        try {
            all.get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return all.isDone();
        } catch (TimeoutException | ExecutionException e) {
            return false;
        }
    }
}
