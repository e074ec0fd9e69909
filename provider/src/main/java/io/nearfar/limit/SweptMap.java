package io.nearfar.limit;

import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A map of bounded size. Whoever adds something, or tidies it, looks at a few others in the order in which they came, and
 * takes out what is over; so nobody ever walks through all of it at once. The order stands beside the map: a walk over the
 * map itself, which never shrinks, would pass by every place that a flood has once filled. Safe for use by several threads.
 */
final class SweptMap<K, V> {
    private static final int STEP = 4;
    private static final int STEP_WHEN_FULL = 64;

    private final ConcurrentHashMap<K, V> map = new ConcurrentHashMap<>();
    private final Queue<Placed<K, V>> line = new ConcurrentLinkedQueue<>();
    private final AtomicLong standing = new AtomicLong();
    private final long maximum;
    private final Predicate<V> isOver;
    private final ReentrantLock sweeping = new ReentrantLock();

    /** What was put under a key, and may have been taken out since. */
    private record Placed<K, V>(K key, V value) {}

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
        line.add(new Placed<>(key, value));
        standing.incrementAndGet();
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

    /** Sweeps a little, for nobody may add anything for long. */
    void tidy() {
        if (standing() > 0) {
            sweep(STEP);
        }
    }

    boolean isEmpty() {
        return map.isEmpty();
    }

    /** What has gone or was replaced takes room as long as it stands in the line. */
    private boolean isFull() {
        return map.mappingCount() >= maximum || standing() >= 2 * maximum;
    }

    long size() {
        return map.mappingCount();
    }

    /** Returns how many stand in the line. */
    long standing() {
        return standing.get();
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
        Placed<K, V> first = line.poll();
        if (first == null) {
            return;
        }
        if (!isThere(first)) {
            standing.decrementAndGet();
        } else if (isOver.test(first.value)) {
            map.remove(first.key, first.value);
            standing.decrementAndGet();
        } else {
            line.add(first);
        }
    }

    /** Tells whether it has not gone, and no other has taken its place, which stands further back. */
    private boolean isThere(Placed<K, V> placed) {
        return map.get(placed.key) == placed.value;
    }
}
