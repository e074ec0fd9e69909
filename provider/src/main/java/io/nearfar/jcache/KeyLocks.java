package io.nearfar.jcache;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One lock for each key that somebody holds or waits for; reentrant, gone when nobody does. Whoever takes several at
 * once takes them in the order of their numbers, so that two of them never wait for each other.
 */
final class KeyLocks<K> {
    /** What is held until it is closed, by the thread that took it. */
    @FunctionalInterface
    interface Hold extends AutoCloseable {
        /** Holds nothing. */
        Hold NONE = () -> {};

        @Override
        void close();
    }

    private final class KeyLock implements Hold {
        private final long number = numbers.incrementAndGet();
        private final ReentrantLock lock = new ReentrantLock();
        private final K key;
        private int users; // guarded by the map's lock on the key

        KeyLock(K key) {
            this.key = key;
        }

        @Override
        public void close() {
            lock.unlock();
            unpin(this);
        }
    }

    private final ConcurrentHashMap<K, KeyLock> locks = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    /** Waits for the key and holds it. */
    Hold hold(K key) {
        KeyLock pinned = pin(key);
        pinned.lock.lock();
        return pinned;
    }

    /** Waits at most {@code millis} for the key; returns null if it could not be had or the thread was interrupted. */
    @Nullable
    Hold tryHold(K key, long millis) {
        KeyLock pinned = pin(key);
        boolean held = false;
        try {
            held = pinned.lock.tryLock(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!held) {
                unpin(pinned);
            }
        }
        return held ? pinned : null;
    }

    /** Waits for all the keys and holds them. */
    Hold holdAll(Collection<? extends K> keys) {
        List<KeyLock> pinned = new ArrayList<>();
        for (K key : new HashSet<K>(keys)) {
            pinned.add(pin(key));
        }
        pinned.sort(Comparator.comparingLong(lock -> lock.number));
        pinned.forEach(lock -> lock.lock.lock());
        return () -> pinned.forEach(KeyLock::close);
    }

    private KeyLock pin(K key) {
        return locks.compute(key, (k, found) -> {
            KeyLock pinned = found == null ? new KeyLock(k) : found;
            pinned.users++;
            return pinned;
        });
    }

    private void unpin(KeyLock pinned) {
        locks.computeIfPresent(pinned.key, (k, found) -> --found.users == 0 ? null : found);
    }

    /** Returns how many keys are held or waited for; 0 after quiet. */
    int size() {
        return locks.size();
    }
}
