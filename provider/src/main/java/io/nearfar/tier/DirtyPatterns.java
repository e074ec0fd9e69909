package io.nearfar.tier;

import io.nearfar.key.Glob;
import io.nearfar.key.Keyspace;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The invalidations of patterns that are still to be made, each in some partitions. A walk over the keys of the far tier makes
 * them, which takes its time; so a key that matches is settled by itself before anything is believed or changed of it, once. Safe
 * for use by several threads.
 */
final class DirtyPatterns {
    /** Beyond so many the partitions are to be cleared instead. */
    private static final int MOST = 100;

    private final AtomicLong orders;
    private final Map<Glob, DirtyPartitions> noted = new LinkedHashMap<>();
    private final Map<String, Integer> settled = new ConcurrentHashMap<>();
    private volatile OwedPatterns owed = OwedPatterns.NONE;

    /** Creates an empty set; {@code orders} gives everything that is noted of the cache its place. */
    DirtyPatterns(AtomicLong orders) {
        this.orders = orders;
    }

    /** What somebody begins to make, and the place of the last thing that was noted before. */
    record Begun(OwedPatterns owed, long order) {}

    boolean isEmpty() {
        return owed.isEmpty();
    }

    /** Returns what is to be made now. */
    OwedPatterns owed() {
        return owed;
    }

    /** Remembers one in these partitions; returns false if there is no room for it. */
    synchronized boolean note(Glob pattern, BitSet partitions) {
        if (noted.size() == MOST && !noted.containsKey(pattern)) {
            return false;
        }
        DirtyPartitions where = noted.computeIfAbsent(pattern, its -> new DirtyPartitions(Keyspace.PARTITIONS));
        long order = orders.incrementAndGet();
        partitions.stream().forEach(partition -> where.note(partition, order));
        sumUp();
        settled.entrySet().removeIf(key -> partitions.get(key.getValue()) && pattern.test(key.getKey()));
        return true;
    }

    /** Tells whether what the far tier has under a key of that text is still to be removed. */
    boolean isPending(String text, int partition) {
        return owed.isIn(partition) && !settled.containsKey(text) && owed.speakOf(text, partition);
    }

    /** Takes it upon oneself to settle a key; returns false if that is nobody's task any more. */
    boolean begin(String text, int partition) {
        return isPending(text, partition) && settled.putIfAbsent(text, partition) == null;
    }

    /** Returns how many keys were settled by themselves. */
    int settled() {
        return settled.size();
    }

    /** Returns in which partitions keys were settled by themselves. */
    BitSet partitionsOfSettled() {
        BitSet partitions = new BitSet();
        settled.values().forEach(partitions::set);
        return partitions;
    }

    /** Begins to make all; what is noted from now on is not part of it. */
    synchronized Begun begin() {
        return new Begun(owed, orders.get());
    }

    /** What was begun was made in these partitions; returns how many patterns are done with by that. */
    synchronized int made(Begun begun, BitSet partitions) {
        int before = noted.size();
        begun.owed().patterns().forEach(pattern -> {
            BitSet where = begun.owed().where(pattern);
            where.and(partitions);
            made(noted.get(pattern), where, begun.order());
        });
        forgetMade();
        return before - noted.size();
    }

    /** The partitions are cleared; that covers what was noted up to {@code order}. */
    synchronized void cleared(BitSet partitions, long order) {
        noted.values().forEach(where -> made(where, partitions, order));
        forgetMade();
    }

    private static void made(@Nullable DirtyPartitions where, BitSet partitions, long order) {
        if (where != null) {
            partitions.stream().forEach(partition -> where.made(partition, order));
        }
    }

    private void forgetMade() {
        noted.values().removeIf(DirtyPartitions::isEmpty);
        sumUp();
        settled.values().removeIf(partition -> !owed.isIn(partition));
    }

    /** What is asked for all the time is not summed up each time. */
    private void sumUp() {
        Map<Glob, BitSet> all = new LinkedHashMap<>();
        noted.forEach((pattern, where) -> all.put(pattern, where.pending()));
        owed = new OwedPatterns(all);
    }
}
