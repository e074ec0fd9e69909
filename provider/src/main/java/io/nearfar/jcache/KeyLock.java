package io.nearfar.jcache;

import io.nearfar.tier.WaitGraph;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The lock of one key. No wait for it is part of a deadlock, and none is without limit. */
final class KeyLock<K> implements WaitGraph.Awaited {
    /** Tells who holds it. */
    private static final class OwnedLock extends ReentrantLock {
        private static final long serialVersionUID = 1L;

        @Nullable
        Thread owner() {
            return getOwner();
        }
    }

    private final OwnedLock lock = new OwnedLock();
    private final K key;
    private final long number;

    /** How many hold it or wait for it; for the map that holds it, and under its lock on the key. */
    int users;

    KeyLock(K key, long number) {
        this.key = key;
        this.number = number;
    }

    K key() {
        return key;
    }

    /** Returns its place in the order in which several are taken. */
    long number() {
        return number;
    }

    @Override
    public @Nullable Thread owner() {
        return lock.owner();
    }

    /** Takes the lock, unless the answer says otherwise. */
    KeyWait take(long nanos) {
        if (lock.tryLock()) {
            return KeyWait.HELD;
        } else if (nanos <= 0) {
            return KeyWait.LATE; // nor is it seen waiting by those whose way leads over it
        } else if (!WaitGraph.PROCESS.begin(this)) {
            return KeyWait.DEADLOCK;
        }
        try {
            return lock.tryLock(nanos, TimeUnit.NANOSECONDS) ? KeyWait.HELD : KeyWait.LATE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return KeyWait.INTERRUPTED;
        } finally {
            WaitGraph.PROCESS.end();
        }
    }

    void give() {
        lock.unlock();
    }
}
