package io.nearfar.far;

import io.nearfar.key.Keyspace;
import io.nearfar.resilience.Breaker;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a link has gone through with all servers that it ever had, and for each partition with those that took its
 * writes. Nobody tells when another server takes a partition over; so each look compares with the one before: the same
 * server's outages are its own, and if there is another now, an outage of any since then may have been the reason. Safe
 * for use by several threads.
 */
final class Troubles {
    private final String where;
    private final AtomicLong openings = new AtomicLong();
    private final AtomicReferenceArray<Trail> trails = new AtomicReferenceArray<>(Keyspace.PARTITIONS);

    /** Of the link of the caches. */
    Troubles() {
        this("");
    }

    /**
     * Creates one that knows of none yet.
     *
     * @param where what the lines of the log put before the address of a server: what the link is for
     */
    Troubles(String where) {
        this.where = where;
        for (int partition = 0; partition < Keyspace.PARTITIONS; partition++) {
            trails.set(partition, new Trail(null, 0, 0, 0));
        }
    }

    /** Returns how lines of the log name a server. */
    String name(Object address) {
        return where + address;
    }

    /** A server was found not to answer. */
    void opened() {
        openings.incrementAndGet();
    }

    /** Returns how often a server was found not to answer. */
    long openings() {
        return openings.get();
    }

    /**
     * Returns a number that changes with every outage of a partition and never comes back to what it was; below 0 if nobody
     * takes its writes, which is an outage too.
     *
     * @param server looks for the breaker of the server that takes the partition's writes now; null if there is none
     */
    long of(int partition, Supplier<@Nullable Breaker> server) {
        while (true) {
            Trail before = trails.get(partition);
            long all = openings.get(); // first: an outage that comes after it is seen by the next look
            Trail now = before.seeing(server.get(), all);
            if (now == before || trails.compareAndSet(partition, before, now)) {
                return now.server() == null ? -1 - now.count() : now.count();
            }
        }
    }

    /**
     * What a look has seen of a partition.
     *
     * @param server the breaker of the server that took its writes, or null
     * @param its how often that had opened
     * @param all how often any had
     * @param count the outages of the partition
     */
    private record Trail(@Nullable Breaker server, long its, long all, long count) {
        Trail seeing(@Nullable Breaker now, long allNow) {
            long itsNow = now == null ? 0 : now.openings();
            boolean same = server == now;
            if (same && its == itsNow && all == allNow) {
                return this;
            }
            boolean trouble = same ? its != itsNow : now == null || all != allNow;
            return new Trail(now, itsNow, allNow, trouble ? count + 1 : count);
        }
    }
}
