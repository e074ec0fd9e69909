package io.nearfar.tier;

import io.nearfar.key.Glob;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** Which patterns are still to be invalidated at some instant, each in some partitions. Immutable. */
final class OwedPatterns {
    static final OwedPatterns NONE = new OwedPatterns(Map.of());

    private final List<Owed> all;
    private final BitSet partitions = new BitSet();

    OwedPatterns(Map<Glob, BitSet> all) {
        this.all = all.entrySet().stream()
                .map(each -> new Owed(each.getKey(), each.getValue()))
                .toList();
        this.all.forEach(owed -> partitions.or(owed.where));
    }

    private record Owed(Glob pattern, BitSet where) {
        boolean speaksOf(String text, int partition) {
            return where.get(partition) && pattern.test(text);
        }
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Returns where something is to be made. */
    BitSet partitions() {
        return (BitSet) partitions.clone();
    }

    boolean isIn(int partition) {
        return partitions.get(partition);
    }

    /** Tells whether one of them speaks of the key of that text in that partition. */
    boolean speakOf(String text, int partition) {
        return isIn(partition) && all.stream().anyMatch(owed -> owed.speaksOf(text, partition));
    }

    List<Glob> patterns() {
        return all.stream().map(Owed::pattern).toList();
    }

    /** Returns where a pattern is to be made. */
    BitSet where(Glob pattern) {
        BitSet where = new BitSet();
        all.stream().filter(owed -> owed.pattern.equals(pattern)).forEach(owed -> where.or(owed.where));
        return where;
    }
}
