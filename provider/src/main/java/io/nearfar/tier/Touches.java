package io.nearfar.tier;

import io.nearfar.entry.Entry;
import io.nearfar.entry.Extension;
import io.nearfar.entry.Version;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/*
 * How accesses are written down
 * =============================
 * An access that lets an entry live longer changes the near entry at once; the far tier is told of the latest of each key,
 * of many keys together, shortly afterwards. That is early enough while the far entry still lives for a long time compared
 * with the wait; if not, the caller tells the far tier itself. A far entry that is being accessed never ends because of a
 * touch that still waited.
 *
 * The far tier only ever moves an end back by these, and only for the write that was accessed, so that a push that comes
 * late or twice does no harm. Two things must not be overtaken by one: an end that is brought forward (forget), and a
 * write that keeps the end of what it replaces (pushNow). Both wait for a push of their key that is under way: the key is
 * put among those before it is taken from the waiting ones, and never is in neither.
 *
 * A push that fails is not repeated, and what it was for ends near when the far tier has it end: other nodes were not
 * told either. The next access notes the key again.
 */

/** What accesses have asked for and the far tier of one cache is yet to be told. Safe for use by several threads. */
final class Touches<K> implements AutoCloseable {
    /** How long an extension waits for others. */
    static final long INTERVAL_MILLIS = 50;

    /** How many keys may wait. */
    static final int MOST = 10_000;

    /** What ends sooner is not left to the interval, for threads can be late; in microseconds. */
    private static final long URGENT = 10 * INTERVAL_MILLIS * 1_000;

    private final ConcurrentHashMap<K, Extension> waiting = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<K, Extension> underWay = new ConcurrentHashMap<>();
    private final ReentrantLock pushing = new ReentrantLock();
    private final AtomicBoolean called = new AtomicBoolean();
    private final UnaryOperator<K> keep;
    private final Consumer<Map<K, Extension>> push;
    private final Consumer<Runnable> later;
    private volatile boolean closed;

    /**
     * Creates an empty one.
     *
     * @param keep gives a key as it may be kept
     * @param push tells the far tier
     * @param later runs what it is given after the interval, in another thread
     */
    Touches(UnaryOperator<K> keep, Consumer<Map<K, Extension>> push, Consumer<Runnable> later) {
        this.keep = keep;
        this.push = push;
        this.later = later;
    }

    /**
     * Notes that an entry is to live longer.
     *
     * @param seen the entry as this node had it before
     * @param now server time
     * @return false if the caller has to tell the far tier at once
     */
    boolean note(K key, Entry<?> seen, long expires, long now) {
        Extension before = untold(key);
        long known = before != null && before.isOf(seen.version()) ? before.known() : seen.expires();
        if (closed || known - now < URGENT || !isFar(seen.version()) || waiting.size() >= MOST) {
            return false;
        }
        add(key, new Extension(seen.version(), expires, known));
        call();
        return true;
    }

    /** Returns what the far tier may not have been told yet, so that its own end is the one from before; or null. */
    private @Nullable Extension untold(K key) {
        Extension waits = waiting.get(key);
        return waits == null ? underWay.get(key) : waits;
    }

    /** Stamps of the far tier are above zero; any other version it does not know. */
    private static boolean isFar(Version version) {
        return version.stamp() > 0;
    }

    private void add(K key, Extension wanted) {
        if (waiting.computeIfPresent(key, (k, held) -> held.and(wanted)) == null) {
            waiting.merge(keep.apply(key), wanted, Extension::and);
        }
    }

    private void call() {
        if (!called.getAndSet(true)) {
            try {
                later.accept(this::pushAll);
            } catch (RejectedExecutionException e) {
                return; // the manager is closing, and the cache with it: what waits goes with that
            }
        }
    }

    private void pushAll() {
        called.set(false);
        push(waiting.keySet());
    }

    /** Tells the far tier what waits of these keys; when this returns, nothing of them is under way. */
    void pushNow(Collection<? extends K> keys) {
        for (K key : keys) { // each write asks that keeps the end of what it replaces, and mostly in vain
            if (isConcerned(key)) {
                push(keys.stream().filter(this::isConcerned).toList());
                return;
            }
        }
    }

    /** Tells whether the far tier has been told of every access to the key. */
    boolean isQuiet(K key) {
        return !isConcerned(key);
    }

    private boolean isConcerned(K key) {
        return waiting.containsKey(key) || underWay.containsKey(key);
    }

    private void push(Collection<? extends K> keys) {
        pushing.lock();
        try {
            Map<K, Extension> batch = new HashMap<>();
            for (K key : keys) {
                Extension taken = take(key);
                if (taken != null) {
                    batch.put(key, taken);
                }
            }
            if (!batch.isEmpty()) {
                push.accept(batch);
            }
        } finally {
            underWay.clear();
            pushing.unlock();
        }
    }

    private @Nullable Extension take(K key) {
        Extension waits = waiting.get(key);
        if (waits == null) {
            return null;
        }
        underWay.put(key, waits);
        Extension taken = waiting.remove(key);
        if (taken == null) {
            underWay.remove(key);
        }
        return taken;
    }

    /** Drops what waits of the key; when this returns, nothing of it is under way. */
    void forget(K key) {
        waiting.remove(key);
        if (underWay.containsKey(key)) {
            pushing.lock();
            pushing.unlock();
        }
    }

    /** Drops everything that waits. */
    void forgetAll() {
        waiting.clear();
    }

    /** Tells the far tier what waits, and takes no more. */
    @Override
    public void close() {
        closed = true;
        pushAll();
    }

    /** Returns how many keys wait; 0 after quiet. */
    int size() {
        return waiting.size();
    }
}
