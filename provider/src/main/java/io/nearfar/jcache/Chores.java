package io.nearfar.jcache;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** What a thread does while it waits: so that what it waits for never has to wait for a thread. Anybody may add to it. */
final class Chores {
    private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();

    void add(Runnable chore) {
        waiting.add(chore);
    }

    /** Does what there is to do, until {@code end} has come, however it ends. An interrupt is kept for later. */
    @SuppressWarnings("FutureReturnValueIgnored") // it only wakes this thread
    void doUntil(CompletableFuture<?> end) {
        end.whenComplete((result, failure) -> add(() -> {}));
        boolean interrupted = false;
        while (!end.isDone()) {
            try {
                waiting.take().run();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
