package io.nearfar.tool;

import io.nearfar.far.CacheVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Keeps the entries with the highest numbers, so many at most, and counts all. Used by one thread. */
final class Best {
    private final int most;
    private final PriorityQueue<Entry> kept = new PriorityQueue<>(Comparator.comparingLong(Entry::number));
    private long count;
    private long sum;

    Best(int most) {
        this.most = most;
    }

    record Entry(CacheVersion cache, String key, long number) {}

    void add(CacheVersion cache, String key, long number) {
        count++;
        sum += number;
        kept.add(new Entry(cache, key, number));
        if (kept.size() > most) {
            kept.remove();
        }
    }

    long count() {
        return count;
    }

    long sum() {
        return sum;
    }

    /** Returns those with the highest numbers, the highest first. */
    List<Entry> inOrder() {
        List<Entry> all = new ArrayList<>(kept);
        all.sort(Comparator.comparingLong(Entry::number)
                .reversed()
                .thenComparing(Entry::cache)
                .thenComparing(Entry::key));
        return all;
    }
}
