package io.nearfar.fault.node;

import java.util.concurrent.locks.LockSupport;

/** Lets a thread rest. */
public final class Pace {
    private Pace() {}

    /** Returns after at least so long, unless the thread is interrupted. */
    public static void rest(long nanos) {
        until(System.nanoTime() + nanos);
    }

    /** Returns not before that instant, unless the thread is interrupted. */
    public static void until(long instant) {
        for (long left = instant - System.nanoTime();
                left > 0 && !Thread.currentThread().isInterrupted();
                left = instant - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
