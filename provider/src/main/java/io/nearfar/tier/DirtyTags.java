package io.nearfar.tier;

import io.nearfar.entry.Ending;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The invalidations of tags that are still to be made, each in some partitions. Safe for use by several threads. */
final class DirtyTags {
    /** Beyond so many the partitions are to be cleared instead. */
    private static final int MOST = 1_000;

    private final Map<Asked, Owed> noted = new LinkedHashMap<>();
    private final Map<Asked, Owed> begun = new LinkedHashMap<>();
    private volatile boolean empty = true;
    private volatile BitSet pending = new BitSet();

    /** What somebody has asked for. */
    private record Asked(Set<String> tags, Ending ending) {}

    /** Which tags are to be invalidated so that nothing is left, and which others so that something may answer. */
    record Due(Set<String> hard, Set<String> soft) {}

    /** Where some tags are to be invalidated, and the place of the last note of that among all of the cache. */
    private static final class Owed {
        private final BitSet partitions = new BitSet();
        private long order;

        void add(BitSet more, long later) {
            partitions.or(more);
            order = Math.max(order, later);
        }
    }

    boolean isEmpty() {
        return empty;
    }

    boolean isPending(int partition) {
        return pending.get(partition);
    }

    /** Tells whether one of the tags is still to be invalidated in the partition. */
    boolean isPending(int partition, Collection<String> tags) {
        return !tags.isEmpty() && isPending(partition) && isOwed(partition, tags);
    }

    private synchronized boolean isOwed(int partition, Collection<String> tags) {
        return Stream.of(noted, begun)
                .flatMap(some -> some.entrySet().stream())
                .filter(owed -> owed.getValue().partitions.get(partition))
                .anyMatch(owed -> !Collections.disjoint(owed.getKey().tags(), tags));
    }

    private Due begunIn(int partition) {
        Set<String> hard = begunIn(partition, Ending.HARD);
        Set<String> soft = begunIn(partition, Ending.SOFT);
        soft.removeAll(hard);
        return new Due(hard, soft);
    }

    private Set<String> begunIn(int partition, Ending ending) {
        Set<String> tags = new HashSet<>();
        begun.forEach((asked, owed) -> {
            if (asked.ending() == ending && owed.partitions.get(partition)) {
                tags.addAll(asked.tags());
            }
        });
        return tags;
    }

    /** Returns the partitions in which something is to be made. */
    BitSet pending() {
        return (BitSet) pending.clone();
    }

    /** What is asked for all the time is not summed up each time. */
    private void sumUp() {
        BitSet sum = new BitSet();
        all().forEach(owed -> sum.or(owed.partitions));
        pending = sum;
        empty = noted.isEmpty() && begun.isEmpty();
    }

    private Stream<Owed> all() {
        return Stream.concat(noted.values().stream(), begun.values().stream());
    }

    /** Remembers an invalidation, with its place among all that was noted; returns false if there is no room for it. */
    synchronized boolean note(Collection<String> tags, Ending ending, BitSet partitions, long order) {
        Asked all = new Asked(Set.copyOf(tags), ending);
        if (!noted.containsKey(all)
                && !begun.containsKey(all)
                && size() + all.tags().size() > MOST) {
            return false;
        }
        noted.computeIfAbsent(all, some -> new Owed()).add(partitions, order);
        sumUp();
        return true;
    }

    private int size() {
        Set<Asked> all = new HashSet<>(noted.keySet());
        all.addAll(begun.keySet());
        return all.stream().mapToInt(asked -> asked.tags().size()).sum();
    }

    /**
     * Begins to make all that is to be made in these partitions; what is noted from now on is not part of it.
     *
     * @return which tags are to be invalidated where; each partition is named once
     */
    synchronized Map<Due, BitSet> begin(BitSet due) {
        begun.putAll(noted);
        noted.clear();
        Map<Due, BitSet> asked = new LinkedHashMap<>();
        due.stream().forEach(partition -> {
            Due tags = begunIn(partition);
            if (!tags.hard().isEmpty() || !tags.soft().isEmpty()) {
                asked.computeIfAbsent(tags, all -> new BitSet()).set(partition);
            }
        });
        return asked;
    }

    /** All that was begun was made in these partitions. */
    synchronized void made(Collection<Integer> partitions) {
        begun.values().forEach(owed -> partitions.forEach(owed.partitions::clear));
        forgetMade();
    }

    private void forgetMade() {
        noted.values().removeIf(owed -> owed.partitions.isEmpty());
        begun.values().removeIf(owed -> owed.partitions.isEmpty());
        sumUp();
    }

    /** The partitions were cleared; that covers all that was noted up to {@code order}. */
    synchronized void cleared(BitSet partitions, long order) {
        all().filter(owed -> owed.order <= order).forEach(owed -> owed.partitions.andNot(partitions));
        forgetMade();
    }

    /** Ends the attempt: what is left of it is noted as before. */
    synchronized void end() {
        begun.forEach(
                (tags, owed) -> noted.computeIfAbsent(tags, some -> new Owed()).add(owed.partitions, owed.order));
        begun.clear();
    }
}
