package io.nearfar.jcache;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How one operation bears losing its commit to others: after the first loss it takes the key's lock, so that the threads
 * of this process go one by one, unless to wait for it would be to wait for ever; after further losses, to other nodes then, it waits a little, each time longer and by
 * chance.
 */
final class Contention<K> implements AutoCloseable {
    private static final int LOSSES_WITHOUT_PAUSE = 2;
    private static final int LONGEST_PAUSE_SHIFT = 6;
    private static final long SHORTEST_PAUSE = TimeUnit.MICROSECONDS.toNanos(100);

    private final KeyLocks<K> locks;
    private final K key;
    private KeyLocks.Hold hold = KeyLocks.Hold.NONE;
    private int losses;

    Contention(KeyLocks<K> locks, K key) {
        this.locks = locks;
        this.key = key;
    }

    void lost() {
        if (losses++ == 0) {
            hold = locks.holdOrPass(key);
        }
        int excess = losses - LOSSES_WITHOUT_PAUSE;
        if (excess > 0) {
            long longest = SHORTEST_PAUSE << Math.min(excess, LONGEST_PAUSE_SHIFT);
            LockSupport.parkNanos(this, ThreadLocalRandom.current().nextLong(longest));
        }
    }

    @Override
    public void close() {
        hold.close();
    }
}
