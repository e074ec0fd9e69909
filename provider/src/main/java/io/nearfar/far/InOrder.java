package io.nearfar.far;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs work by the threads of another executor, in the order of its coming, one after the other. */
final class InOrder implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(InOrder.class);

    private final Executor threads;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean running = new AtomicBoolean();

    /** Creates one without work. */
    InOrder(Executor threads) {
        this.threads = threads;
    }

    /** {@inheritDoc} Nothing happens any more when the threads have ended. */
    @Override
    public void execute(Runnable work) {
        waiting.add(work);
        if (running.compareAndSet(false, true)) {
            try {
                threads.execute(this::runAll);
            } catch (RejectedExecutionException e) {
                LOG.debug("what came after the end is not told", e);
            }
        }
    }

    private void runAll() {
        do {
            for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
                run(next);
            }
            running.set(false);
        } while (!waiting.isEmpty() && running.compareAndSet(false, true));
    }

    /** Tells a listener; a failure ends nothing but that. */
    static void run(Runnable work) {
        try {
            work.run();
        } catch (Throwable e) { // what leaves here ends the rest
            LOG.error("NF0316 what came from the far tier could not be told to {}", work, e);
        }
    }
}
