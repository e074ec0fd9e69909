package io.nearfar.tier;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Since when this node has met rows unchanged. No clock of another node counts. Safe for use by several threads. */
final class RowAges {
    private record Met(long number, long since) {}

    private final Map<String, Met> met = new HashMap<>(); // guarded by this

    /** Returns for how many nanoseconds the row is known to be as it is. */
    synchronized long age(OutageRow row, long now) {
        Met first = met.get(row.id());
        if (first == null || first.number() != row.number()) {
            met.put(row.id(), new Met(row.number(), now));
            return 0;
        }
        return now - first.since();
    }

    /** Returns how many rows are known. */
    synchronized int size() {
        return met.size();
    }

    /** Forgets all rows but these. */
    synchronized void retain(Set<String> ids) {
        met.keySet().retainAll(ids);
    }
}
