package io.nearfar.tier;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Since when this node has met rows unchanged, and claimed ones under the same claim, whatever they are told meanwhile. No
 * clock of another node counts. Safe for use by several threads.
 */
final class RowAges {
    private record Met(long number, @Nullable String claim, long since) {
        boolean isStill(OutageRow row) {
            return row.settler() == null
                    ? claim == null && number == row.number()
                    : row.settler().equals(claim);
        }
    }

    private final Map<String, Met> met = new HashMap<>(); // guarded by this

    /** Returns for how many nanoseconds the row is known to be as it is, or to be settled under its claim. */
    synchronized long age(OutageRow row, long now) {
        Met first = met.get(row.id());
        if (first == null || !first.isStill(row)) {
            met.put(row.id(), new Met(row.number(), row.settler(), now));
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
