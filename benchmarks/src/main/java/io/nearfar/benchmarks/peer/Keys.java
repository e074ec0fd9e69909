package io.nearfar.benchmarks.peer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The keys that all peers are asked for, in turn. For one thread. */
public final class Keys {
    /** How many there are; a power of two. */
    public static final int COUNT = 1024;
    /** How many entries a bounded cache may hold, so that nothing is evicted. */
    public static final int ROOM = 10 * COUNT;

    /** How many keys a batch has. */
    public static final int BATCH = 100;

    private final String[] keys = new String[COUNT];
    private final List<Set<String>> batches = new ArrayList<>();
    private int next;

    /** Creates keys that begin elsewhere, so that threads do not meet on one. */
    public Keys(int first) {
        this();
        next = first;
    }

    /** Creates the keys, and {@link #COUNT} batches of a hundred of them. */
    public Keys() {
        for (int i = 0; i < COUNT; i++) {
            keys[i] = "city:" + i;
        }
        for (int i = 0; i < COUNT; i++) {
            batches.add(batchFrom(i));
        }
    }

    private Set<String> batchFrom(int first) {
        Set<String> batch = new LinkedHashSet<>();
        for (int i = 0; i < BATCH; i++) {
            batch.add(keys[(first + 7 * i) & (COUNT - 1)]);
        }
        return batch;
    }

    /** Returns the next key. */
    public String next() {
        return keys[next++ & (COUNT - 1)];
    }

    /** Returns the next batch. */
    public Set<String> nextBatch() {
        return batches.get(next++ & (COUNT - 1));
    }

    /** Returns the next batch, each key with a number. */
    public Map<String, Object> nextNumbers(long number) {
        Map<String, Object> numbers = new HashMap<>();
        nextBatch().forEach(key -> numbers.put(key, number));
        return numbers;
    }

    /** Puts a value under every key, all with one call. */
    public void fill(Driver driver, Values values) {
        Map<String, Object> all = new HashMap<>();
        for (int i = 0; i < COUNT; i++) {
            all.put(keys[i], values.numbered(i));
        }
        driver.putAll(all);
    }
}
