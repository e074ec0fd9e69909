package io.nearfar.far;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Where Redisson has listeners told: at once, by the thread of the connection that has brought it, for to wake another thread takes
 * longer than what our listeners do with a message. Those that may take longer go on {@link InOrder in other threads}.
 */
final class Deliveries extends AbstractExecutorService {
    private final ExecutorService others;

    /** Creates one; where no thread of a connection asks, work goes to {@code others}, which is also what is shut down. */
    Deliveries(ExecutorService others) {
        this.others = others;
    }

    @Override
    public void execute(Runnable work) {
        if (Thread.currentThread() instanceof LinkThread) {
            InOrder.run(work);
        } else {
            others.execute(work);
        }
    }

    @Override
    public void shutdown() {
        others.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return others.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return others.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return others.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return others.awaitTermination(timeout, unit);
    }
}
