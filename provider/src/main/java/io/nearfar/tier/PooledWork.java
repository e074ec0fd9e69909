package io.nearfar.tier;

/** Marks threads of pools while they do somebody's work: what a load with a timeout needs to come to its end may wait for them. */
public final class PooledWork {
    private static final ThreadLocal<Boolean> RUNNING = new ThreadLocal<>();

    private PooledWork() {}

    /** Tells whether the calling thread does such work. */
    public static boolean isRunning() {
        return RUNNING.get() != null;
    }

    /** Does some in the calling thread. */
    public static void run(Runnable work) {
        boolean outer = isRunning();
        RUNNING.set(true);
        try {
            work.run();
        } finally {
            if (!outer) {
                RUNNING.remove();
            }
        }
    }
}
