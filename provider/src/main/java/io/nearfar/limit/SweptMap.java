package io.nearfar.limit;

import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A map of bounded size. Whoever adds something, or tidies it, looks at a few others and takes out what is over, so that
 * nobody ever walks through all of it at once. Safe for use by several threads.
 */
final class SweptMap<K, V> {
    private static final int STEP = 4;
    private static final int STEP_WHEN_FULL = 64;

    private final ConcurrentHashMap<K, V> map = new ConcurrentHashMap<>();
    private final long maximum;
    private final Predicate<V> isOver;
    private final ReentrantLock sweeping = new ReentrantLock();
    private Iterator<Map.Entry<K, V>> broom = Collections.emptyIterator();

    /**
     * Creates an empty one.
     *
     * @param isOver tells whether a value may go; then it goes
     */
    SweptMap(long maximum, Predicate<V> isOver) {
        this.maximum = maximum;
        this.isOver = isOver;
    }

    @Nullable
    V get(K key) {
        return map.get(key);
    }

    void put(K key, V value) {
        map.put(key, value);
    }

    void remove(K key, V value) {
        map.remove(key, value);
    }

    void remove(K key) {
        map.remove(key);
    }

    /** Sweeps a little, and tells whether there is room for another. */
    boolean hasRoom() {
        sweep(isFull() ? STEP_WHEN_FULL : STEP);
        return !isFull();
    }

    /** Sweeps a little where there is something, for nobody may add anything for long. */
    void tidy() {
        if (!isEmpty()) {
            sweep(STEP);
        }
    }

    boolean isEmpty() {
        return map.isEmpty();
    }

    private boolean isFull() {
        return map.mappingCount() >= maximum;
    }

    long size() {
        return map.mappingCount();
    }

    private void sweep(int steps) {
        if (!sweeping.tryLock()) {
            return;
        }
        try {
            for (int i = 0; i < steps; i++) {
                sweepOne();
            }
        } finally {
            sweeping.unlock();
        }
    }

    private void sweepOne() {
        if (!broom.hasNext()) {
            broom = map.entrySet().iterator();
        }
        if (broom.hasNext()) {
            Map.Entry<K, V> entry = broom.next();
            if (isOver.test(entry.getValue())) {
                map.remove(entry.getKey(), entry.getValue());
            }
        }
    }
}
