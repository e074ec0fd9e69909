package io.nearfar.jcache;

import io.nearfar.NearfarCache;
import io.nearfar.Warmer;
import io.nearfar.WarmingPlan;
import io.nearfar.WarmingProgress;
import io.nearfar.tier.PooledWork;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.cache.configuration.MutableConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The warmings of one manager, and the threads in which they run. Safe for use by several threads. */
final class Warmings implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Warmings.class);

    /** Holds the records of runs; nobody else's. */
    private static final String RECORDS = "nearfar-warmings";

    /** Each may take minutes, and takes what the database has left. */
    private static final int THREADS = 4;

    private static final long IDLE_SECONDS = 2;

    private final Backroom backroom;
    private final Map<String, CacheFrontDesk<?, ?>> caches;
    private final Supplier<ClassLoader> loader;
    private final List<WarmingTask<?, ?>> tasks = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private @Nullable ScheduledThreadPoolExecutor threads;
    private @Nullable Opened<String, String> records;

    /** Creates those of a manager; {@code caches} are the ones that are open, by their names. */
    Warmings(Backroom backroom, Map<String, CacheFrontDesk<?, ?>> caches, Supplier<ClassLoader> loader) {
        this.backroom = backroom;
        this.caches = caches;
        this.loader = loader;
    }

    /** Adds one, which begins at once, on the plan that settings put in the place of this, unless they switch it off. */
    <K, V> void add(String cache, WarmingPlan inCode, Warmer<K, V> warmer) {
        WarmingPlan plan = backroom.warming(inCode);
        if (plan == null) {
            LOG.info("NF0521 {}: the warming {} is switched off on this node by settings", cache, inCode.name());
            return;
        }
        WarmingTask<K, V> task = new WarmingTask<>(cache, plan, warmer, this::open, this::records, this::pause);
        synchronized (this) {
            if (tasks.stream().anyMatch(known -> known.is(cache, plan))) {
                throw new IllegalArgumentException("There is a warming " + plan.name() + " of cache " + cache
                        + " already; give one of them another name");
            }
            tasks.add(task);
        }
        lookAfter(0, task);
    }

    List<WarmingProgress> progress() {
        return tasks.stream().map(WarmingTask::progress).toList();
    }

    @SuppressWarnings("unchecked") // who named the cache vouches for its types
    private <K, V> @Nullable NearfarCache<K, V> open(String cache) {
        return (NearfarCache<K, V>) caches.get(cache);
    }

    private void lookAfter(long millis, WarmingTask<?, ?> task) {
        try {
            threads().schedule(() -> PooledWork.run(() -> look(task)), millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The manager is being closed", e);
        }
    }

    private void look(WarmingTask<?, ?> task) {
        long next = task.look();
        if (next > 0) {
            lookAfter(next, task);
        }
    }

    private synchronized ScheduledThreadPoolExecutor threads() {
        ScheduledThreadPoolExecutor there = threads;
        if (there == null) {
            there = new ScheduledThreadPoolExecutor(THREADS, new Workers("warming", loader.get()));
            there.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
            there.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
            there.allowCoreThreadTimeOut(true);
            threads = there;
        }
        if (isClosing()) {
            there.shutdown();
        }
        return there;
    }

    private synchronized Opened<String, String> records() {
        mustGoOn();
        Opened<String, String> there = records;
        if (there == null) {
            MutableConfiguration<String, String> plain =
                    new MutableConfiguration<String, String>().setTypes(String.class, String.class);
            there = backroom.open(new CacheRequest<>(RECORDS, plain, true, List.of()));
            records = there;
        }
        return there;
    }

    private void pause(long nanos) {
        try {
            if (closing.await(Math.max(0, nanos), TimeUnit.NANOSECONDS)) {
                mustGoOn();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The thread of a warming was interrupted");
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void mustGoOn() {
        if (isClosing()) {
            throw new CancellationException("The manager is being closed, and its warmings end");
        }
    }

    /** Runs under way end with their next key; they are not waited for. */
    @Override
    public void close() {
        closing.countDown();
        ScheduledThreadPoolExecutor running;
        Opened<String, String> opened;
        synchronized (this) {
            running = threads;
            opened = records;
        }
        if (running != null) {
            running.shutdown();
            Background.awaitIdle(running);
        }
        if (opened != null) {
            opened.tiers().close();
        }
    }
}
