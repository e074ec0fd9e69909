package io.nearfar.tier;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The few threads that a manager's caches share, apart by what can hold them up.
 *
 * @param timer for what is done at once when it is due: it waits neither for a far tier nor for an application
 * @param doubts for questions about keys, which may come by the thousand; they wait for each other and for the far tier
 * @param upkeep for what waits for the far tier, within a deadline, and for nothing else
 * @param answers for going on with answers for which no thread has waited; it waits for nothing
 * @param waiters for questions whose askers do not wait, where somebody has to
 * @param errands for what may wait for the far tier and then runs the application's own code, for as long as it likes
 */
record Threads(
        ScheduledExecutorService timer,
        ScheduledExecutorService doubts,
        ScheduledExecutorService upkeep,
        ScheduledExecutorService answers,
        ScheduledExecutorService waiters,
        ScheduledExecutorService errands)
        implements AutoCloseable {
    private static final int DOUBTS = 1;
    private static final int UPKEEP = 4;
    private static final int ANSWERS = 2;
    private static final int WAITERS = 8;
    private static final int ERRANDS = 8;
    private static final long END_MILLIS = 200;

    static Threads create() {
        return new Threads(
                Timers.create(),
                Timers.create("doubts", DOUBTS),
                Timers.create("upkeep", UPKEEP),
                Timers.create("answers", ANSWERS),
                Timers.create("waiter", WAITERS),
                Timers.create("errand", ERRANDS));
    }

    /** Ends what only serves caches that are open. Answers and errands still run, each is soon done: somebody waits for its answer. */
    @Override
    public void close() {
        timer.shutdownNow();
        doubts.shutdownNow();
        upkeep.shutdownNow();
        answers.shutdown();
        waiters.shutdown();
        errands.shutdown();
        Stream.of(timer, doubts, upkeep, answers, waiters, errands).forEach(Threads::awaitIdle);
    }

    /** Threads that have nothing to do end at once; whoever undeploys the application may look for them right afterwards. */
    private static void awaitIdle(ScheduledExecutorService threads) {
        try {
            boolean idle = threads instanceof ThreadPoolExecutor pool
                    && pool.getActiveCount() == 0
                    && pool.getQueue().isEmpty();
            if (idle) {
                threads.awaitTermination(END_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
