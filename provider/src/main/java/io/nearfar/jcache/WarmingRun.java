package io.nearfar.jcache;

import io.nearfar.ContextLoad;
import io.nearfar.LoadContext;
import io.nearfar.NearfarCache;
import io.nearfar.Warming;
import io.nearfar.WarmingPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.cache.configuration.CompleteConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a warmer: loads key by key, no faster than the plan says, and counts. One thread runs it, and any may look. */
final class WarmingRun<K, V> implements Warming<K, V> {
    private static final Logger LOG = LoggerFactory.getLogger(WarmingRun.class);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long TELLING = 30 * SECOND;

    private final NearfarCache<K, V> cache;
    private final WarmingPlan plan;
    private final Pause pause;
    private final LongSupplier nanoTime;
    private final Instant begun = Instant.now();
    private final long start;
    private long told;
    private long due;
    private volatile long loaded;
    private volatile long failed;
    private volatile long expected = -1;

    /** Waits, as a run does between keys. */
    @FunctionalInterface
    interface Pause {
        /**
         * Waits for so many nanoseconds, or not at all if they are no more than 0.
         *
         * @throws CancellationException if the run is to end
         */
        void nanos(long nanos);
    }

    WarmingRun(NearfarCache<K, V> cache, WarmingPlan plan, Pause pause, LongSupplier nanoTime) {
        this.cache = cache;
        this.plan = plan;
        this.pause = pause;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.told = start;
        this.due = start;
    }

    /** Returns how long ago it began. */
    Duration age() {
        return Duration.ofNanos(nanoTime.getAsLong() - start);
    }

    Instant begun() {
        return begun;
    }

    long loaded() {
        return loaded;
    }

    long failed() {
        return failed;
    }

    long expected() {
        return expected;
    }

    /** A load that runs in the thread of the run, for whose end that waits however long it takes. */
    private record Here<V>(ContextLoad<? extends V> load) implements ContextLoad<V> {
        @Override
        public @Nullable V load(LoadContext context) throws Exception {
            return load.load(context);
        }

        @Override
        public boolean mayRunLater() {
            return false;
        }
    }

    @Override
    public void expect(long keys) {
        expected = Math.max(-1, keys);
    }

    @Override
    public boolean load(K key) {
        Objects.requireNonNull(key, () -> "A key to warm cache " + cache.getName() + " with is null");
        if (!cache.getConfiguration(CompleteConfiguration.class).isReadThrough()) {
            throw new IllegalStateException(
                    "Cache " + cache.getName() + " does not read through a loader, so the warming " + plan.name()
                            + " has to say what loads its keys: Warming.load(key, load)");
        }
        return counted(() -> cache.get(key));
    }

    @Override
    public boolean load(K key, ContextLoad<? extends V> load) {
        Here<V> here = here(key, load);
        return counted(() -> cache.getOrLoad(key, here));
    }

    @Override
    public boolean call(Callable<?> call) {
        Objects.requireNonNull(call, () -> "What is to be called to warm cache " + cache.getName() + " is null");
        return counted(call);
    }

    @Override
    public boolean reload(K key, ContextLoad<? extends V> load) {
        Here<V> here = here(key, load);
        return counted(() -> cache.reload(key, here));
    }

    private Here<V> here(K key, ContextLoad<? extends V> load) {
        Objects.requireNonNull(key, () -> "A key to warm cache " + cache.getName() + " with is null");
        return new Here<>(
                Objects.requireNonNull(load, () -> "The load of a key of cache " + cache.getName() + " is null"));
    }

    private boolean counted(Callable<? extends @Nullable Object> call) {
        waitForTurn();
        boolean there = isThere(call);
        if (there) {
            loaded++; // one thread counts
        } else {
            failed++;
        }
        tell();
        return there;
    }

    /** What was waited for before the first key, a query say, gives no room for many at once. */
    private void waitForTurn() {
        long now = nanoTime.getAsLong();
        pause.nanos(due - now);
        due = Math.max(due, now) + SECOND / plan.keysPerSecond();
    }

    private boolean isThere(Callable<? extends @Nullable Object> call) {
        try {
            return call.call() != null;
        } catch (CancellationException e) {
            throw e;
        } catch (Exception e) {
            pause.nanos(0); // a cache that is being closed fails, too
            if (failed == 0) {
                LOG.warn(
                        "NF0519 {}: the warming {} could not load a key; it goes on, and further ones are counted only",
                        cache.getName(),
                        plan.name(),
                        e);
            }
            return false;
        }
    }

    private void tell() {
        long now = nanoTime.getAsLong();
        if (now - told >= TELLING) {
            told = now;
            LOG.info("NF0517 {}: the warming {} has come to {}", cache.getName(), plan.name(), this);
        }
    }

    /** Returns the figures in words. */
    @Override
    public String toString() {
        return loaded + " keys" + (expected < 0 ? "" : " of " + expected)
                + (failed == 0 ? "" : ", " + failed + " without a value");
    }
}
