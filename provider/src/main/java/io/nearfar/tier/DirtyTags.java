package io.nearfar.tier;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The invalidations of tags that are still to be made, each in some partitions. Safe for use by several threads. */
final class DirtyTags {
    /** Beyond so many the partitions are to be cleared instead. */
    private static final int MOST = 1_000;

    private final List<Owed> owed = new ArrayList<>();
    private volatile boolean empty = true;

    /** Some tags, and where they are still to be invalidated. */
    static final class Owed {
        private final Set<String> tags;
        private final BitSet partitions;
        private boolean begun;

        private Owed(Set<String> tags, BitSet partitions) {
            this.tags = tags;
            this.partitions = partitions;
        }

        Set<String> tags() {
            return tags;
        }
    }

    boolean isEmpty() {
        return empty;
    }

    boolean isPending(int partition) {
        return !empty && pending().get(partition);
    }

    /** Returns the partitions in which something is to be made. */
    synchronized BitSet pending() {
        BitSet pending = new BitSet();
        owed.forEach(each -> pending.or(each.partitions));
        return pending;
    }

    /** Remembers an invalidation; returns false if there is no room for it. */
    synchronized boolean note(Collection<String> tags, BitSet partitions) {
        Set<String> all = Set.copyOf(tags);
        for (Owed each : owed) {
            if (!each.begun && each.tags.equals(all)) {
                each.partitions.or(partitions);
                return true;
            }
        }
        if (owed.stream().mapToInt(each -> each.tags.size()).sum() + all.size() > MOST) {
            return false;
        }
        owed.add(new Owed(all, (BitSet) partitions.clone()));
        empty = false;
        return true;
    }

    /** Returns what is to be made now; what is noted from now on comes as something else. */
    synchronized List<Owed> begin() {
        owed.forEach(each -> each.begun = true);
        return List.copyOf(owed);
    }

    /** Returns where one is still to be made. */
    synchronized BitSet left(Owed one) {
        return (BitSet) one.partitions.clone();
    }

    /** One was made in these partitions. */
    synchronized void made(Owed one, Collection<Integer> partitions) {
        partitions.forEach(one.partitions::clear);
        owed.removeIf(each -> each.partitions.isEmpty());
        empty = owed.isEmpty();
    }
}
