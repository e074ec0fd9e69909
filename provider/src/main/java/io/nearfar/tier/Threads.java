package io.nearfar.tier;

import java.util.concurrent.ScheduledExecutorService;

/**
 * The few threads that a manager's caches share, apart by what can hold them up.
 *
 * @param timer for what is done at once when it is due: it waits neither for a far tier nor for an application
 * @param doubts for questions about keys, which may come by the thousand; they wait for each other and for the far tier
 * @param upkeep for what waits for the far tier, within a deadline, and for nothing else
 * @param errands for what may wait for the far tier and then runs the application's own code, for as long as it likes
 */
record Threads(
        ScheduledExecutorService timer,
        ScheduledExecutorService doubts,
        ScheduledExecutorService upkeep,
        ScheduledExecutorService errands)
        implements AutoCloseable {
    private static final int DOUBTS = 1;
    private static final int UPKEEP = 4;
    private static final int ERRANDS = 8;

    static Threads create() {
        return new Threads(
                Timers.create(),
                Timers.create("doubts", DOUBTS),
                Timers.create("upkeep", UPKEEP),
                Timers.create("errand", ERRANDS));
    }

    /** Ends what only serves caches that are open. Errands still run, each is soon done: somebody waits for its answer. */
    @Override
    public void close() {
        timer.shutdownNow();
        doubts.shutdownNow();
        upkeep.shutdownNow();
        errands.shutdown();
    }
}
