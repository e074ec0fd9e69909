package io.nearfar.jcache;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/*
 * Waiting for keys
 * ================
 * Code of the application runs while a key is held: processors, writers, synchronous listeners. It may call this cache or
 * another, and then waits for a second key with the first in hand. A wait that would close a circle of such threads is not
 * begun; a wait that takes too long, or whose thread is interrupted, is broken off. What then becomes of the operation is
 * its own choice: hold() refuses it, holdOrPass() lets it go on without the key, for which the compare-and-set of the
 * store makes up.
 *
 * Whoever takes several keys takes them in the order of their numbers, so that two of them never wait for each other. If
 * one of the keys is held by somebody who waits for another of them, all are given back and that one is taken first:
 * nothing was done yet, and who merely puts many keys is not to pay for the circles of others.
 */

/** One lock for each key that somebody holds or waits for; reentrant, gone when nobody does. */
final class KeyLocks<K> {
    /** As long as a load waits for another's. */
    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(30);

    /** What is held until it is closed, by the thread that took it. */
    @FunctionalInterface
    interface Hold extends AutoCloseable {
        /** Holds nothing. */
        Hold NONE = () -> {};

        @Override
        void close();
    }

    private final ConcurrentHashMap<K, KeyLock<K>> locks = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final String cache;
    private final long patienceNanos;

    KeyLocks(String cache) {
        this(cache, LONGEST_WAIT);
    }

    /** Creates locks for whose keys nobody waits longer. */
    KeyLocks(String cache, long patienceNanos) {
        this.cache = cache;
        this.patienceNanos = patienceNanos;
    }

    /**
     * Waits for the key and holds it.
     *
     * @throws CacheException if the wait would never end, took too long, or the thread was interrupted
     */
    Hold hold(K key) {
        KeyLock<K> pinned = pin(key);
        KeyWait end = pinned.take(patienceNanos);
        if (end != KeyWait.HELD) {
            unpin(pinned);
            throw end.refusal(cache, key, pinned.owner());
        }
        return holding(pinned);
    }

    /** Waits for the key like {@link #hold}; holds nothing where that would throw. */
    Hold holdOrPass(K key) {
        Hold hold = tryHold(key, patienceNanos);
        return hold == null ? Hold.NONE : hold;
    }

    /** Waits at most {@code nanos} for the key; returns null where {@link #hold} would throw. */
    @Nullable
    Hold tryHold(K key, long nanos) {
        KeyLock<K> pinned = pin(key);
        if (pinned.take(nanos) == KeyWait.HELD) {
            return holding(pinned);
        }
        unpin(pinned);
        return null;
    }

    private Hold holding(KeyLock<K> pinned) {
        return () -> {
            pinned.give();
            unpin(pinned);
        };
    }

    /**
     * Waits for all the keys and holds them.
     *
     * @throws CacheException like {@link #hold}; nothing is held then
     */
    Hold holdAll(Collection<? extends K> keys) {
        List<KeyLock<K>> pinned = new ArrayList<>();
        for (K key : new HashSet<K>(keys)) {
            pinned.add(pin(key));
        }
        pinned.sort(Comparator.comparingLong(KeyLock::number));
        try {
            takeAll(pinned);
        } catch (RuntimeException | Error e) {
            pinned.forEach(this::unpin);
            throw e;
        }
        return () -> pinned.forEach(lock -> {
            lock.give();
            unpin(lock);
        });
    }

    /** Begins again with the key that could not be waited for, unless it was the first one already. */
    private void takeAll(List<KeyLock<K>> wanted) {
        long until = System.nanoTime() + patienceNanos;
        KeyLock<K> first = null;
        while (true) {
            Stop<K> stop = take(wanted, first, until);
            if (stop == null) {
                return;
            } else if (stop.end() != KeyWait.DEADLOCK || stop.at() == first) {
                throw stop.end().refusal(cache, stop.at().key(), stop.at().owner());
            }
            first = stop.at();
        }
    }

    /** Where the taking of many keys ended, and why. */
    private record Stop<K>(KeyLock<K> at, KeyWait end) {}

    /** Takes all, {@code first} before the others; or takes none, and returns the one that could not be had. */
    private @Nullable Stop<K> take(List<KeyLock<K>> wanted, @Nullable KeyLock<K> first, long until) {
        List<KeyLock<K>> order = new ArrayList<>(wanted);
        if (first != null) {
            order.remove(first);
            order.add(0, first);
        }
        for (int taken = 0; taken < order.size(); taken++) {
            KeyLock<K> next = order.get(taken);
            KeyWait end = next.take(Math.max(0, until - System.nanoTime()));
            if (end != KeyWait.HELD) {
                order.subList(0, taken).forEach(KeyLock::give);
                return new Stop<>(next, end);
            }
        }
        return null;
    }

    private KeyLock<K> pin(K key) {
        return locks.compute(key, (k, found) -> {
            KeyLock<K> pinned = found == null ? new KeyLock<>(k, numbers.incrementAndGet()) : found;
            pinned.users++;
            return pinned;
        });
    }

    private void unpin(KeyLock<K> pinned) {
        locks.computeIfPresent(pinned.key(), (k, found) -> --found.users == 0 ? null : found);
    }

    /** Returns how many keys are held or waited for; 0 after quiet. */
    int size() {
        return locks.size();
    }
}
