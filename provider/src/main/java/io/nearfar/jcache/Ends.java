package io.nearfar.jcache;

import io.nearfar.jcache.event.Listeners;
import io.nearfar.jcache.event.Mutation;
import java.util.concurrent.TimeUnit;

/**
 * Tells the listeners of one cache of ends that calls of this node have met where other nodes have the entries, too: while it holds the
 * key, so that whoever tells of what has taken the entry's place does so after. A key that somebody holds for long is not waited for, and
 * after one wait in vain none is for a while: whoever reads many keys that another writes would wait for each. Safe for use by several
 * threads.
 */
@SuppressWarnings("try") // a hold on a key is there to be closed, not to be used
final class Ends<K, V> {
    private static final long LONGEST_WAIT = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long REST = TimeUnit.SECONDS.toNanos(1);

    private final Listeners<K, V> listeners;
    private final KeyLocks<K> locks;
    private volatile long waitsFrom = System.nanoTime();

    Ends(Listeners<K, V> listeners, KeyLocks<K> locks) {
        this.listeners = listeners;
        this.locks = locks;
    }

    /** Tells of one, unless listeners know of it. */
    void tell(Mutation<K, V> end) {
        long wait = System.nanoTime() - waitsFrom < 0 ? 0 : LONGEST_WAIT;
        try (KeyLocks.Hold hold = locks.tryHold(end.key(), wait)) {
            if (hold == null && wait > 0) {
                waitsFrom = System.nanoTime() + REST;
            }
            listeners.tellEnd(end);
        }
    }
}
