package io.nearfar.jcache;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.NearfarCache;
import io.nearfar.Warmer;
import io.nearfar.WarmingPlan;
import io.nearfar.WarmingProgress;
import io.nearfar.WarmingProgress.State;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.Value;
import io.nearfar.tier.Loaded;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * Which node warms
 * ================
 * The record of a run is an entry like any other, in a cache of its own, that lives until the next run is due. So the run is a
 * load of that entry: one node at a time has the right to it, which it keeps while it lives; where it dies or fails, the entry is
 * missing still, and whoever looks next begins anew.
 */

/** What one node does about one warming. Each look is made by one thread at a time; any may ask how far it is. */
final class WarmingTask<K, V> {
    private static final Logger LOG = LoggerFactory.getLogger(WarmingTask.class);
    private static final long LONGEST_LOOK = TimeUnit.SECONDS.toMillis(60);
    private static final long SHORTEST_LOOK = TimeUnit.SECONDS.toMillis(1);
    private static final long FAILED_LOOK = TimeUnit.SECONDS.toMillis(10);
    private static final int LOOKS = 20;

    /** How long nodes that start have no run of a plan without repetition, after one. */
    private static final Duration ONCE = Duration.ofMinutes(10);

    private final String cacheName;
    private final WarmingPlan plan;
    private final Warmer<K, V> warmer;
    private final Function<String, @Nullable NearfarCache<K, V>> caches;
    private final Supplier<Opened<String, String>> records;
    private final WarmingRun.Pause pause;
    private final LongSupplier nanoTime;
    private final String node = UUID.randomUUID().toString();
    private volatile State state = State.WAITING;
    private volatile @Nullable WarmingRun<K, V> run;
    private volatile @Nullable Instant ended;
    private volatile @Nullable String failure;

    /**
     * Creates it.
     *
     * @param caches finds a cache that is open, or null
     * @param records opens what knows of runs of all nodes, on the first call
     */
    WarmingTask(
            String cacheName,
            WarmingPlan plan,
            Warmer<K, V> warmer,
            Function<String, @Nullable NearfarCache<K, V>> caches,
            Supplier<Opened<String, String>> records,
            WarmingRun.Pause pause) {
        this.cacheName = cacheName;
        this.plan = plan;
        this.warmer = warmer;
        this.caches = caches;
        this.records = records;
        this.pause = pause;
        this.nanoTime = System::nanoTime;
    }

    /** Tells whether it is the same warming to the nodes. */
    boolean is(String cache, WarmingPlan other) {
        return cacheName.equals(cache) && plan.name().equals(other.name());
    }

    WarmingProgress progress() {
        WarmingRun<K, V> latest = run;
        return latest == null
                ? new WarmingProgress(plan.name(), cacheName, state, 0, 0, -1, null, null, failure)
                : new WarmingProgress(
                        plan.name(),
                        cacheName,
                        state,
                        latest.loaded(),
                        latest.failed(),
                        latest.expected(),
                        latest.begun(),
                        ended,
                        failure);
    }

    /**
     * Runs the warmer, if a run is due and no other node has it.
     *
     * @return after how many milliseconds to look again; 0: never
     */
    long look() {
        NearfarCache<K, V> cache = caches.apply(cacheName);
        if (cache == null) {
            return SHORTEST_LOOK;
        }
        try {
            Opened<String, String> record = records.get();
            Loaded<String> mine = record.tiers()
                    .loads()
                    .loadIfFree(key(cache), () -> record(record, cache), replaced -> Lifetime.of(restMillis()));
            if (mine == null && state != State.DONE) {
                state = State.ELSEWHERE;
            }
            return plan.every() == null && isOver(record, cache) ? 0 : lookMillis();
        } catch (CancellationException e) {
            return 0;
        } catch (FarTierUnavailableException e) {
            LOG.debug("Whether a warming is due cannot be known, for the far tier does not answer", e);
            return lookMillis();
        } catch (Throwable e) { // or nobody would look again
            failed(e);
            return failedLookMillis();
        }
    }

    private String key(NearfarCache<K, V> cache) {
        String key = cacheName + "/" + plan.name();
        return cache.settings().mode().equals("near") ? key + "/" + node : key;
    }

    private boolean isOver(Opened<String, String> record, NearfarCache<K, V> cache) {
        return record.tiers().loads().current(key(cache)) != null;
    }

    private long lookMillis() {
        Duration every = plan.every();
        return every == null
                ? SHORTEST_LOOK
                : Math.min(LONGEST_LOOK, Math.max(SHORTEST_LOOK, every.toMillis() / LOOKS));
    }

    /** Other nodes come first, as a rule. */
    private long failedLookMillis() {
        return Math.max(FAILED_LOOK, lookMillis());
    }

    /** Asked when the run has ended: the next one is due so long after its begin. */
    private long restMillis() {
        Duration every = plan.every();
        WarmingRun<K, V> latest = run;
        if (every == null || latest == null) {
            return ONCE.toMillis();
        }
        return Math.max(1, every.minus(latest.age()).toMillis());
    }

    private Value<String> record(Opened<String, String> record, NearfarCache<K, V> cache) throws Exception {
        WarmingRun<K, V> begun = new WarmingRun<>(cache, plan, pause, nanoTime);
        run = begun;
        ended = null;
        failure = null;
        state = State.RUNNING;
        LOG.info("NF0516 {}: the warming {} begins on this node", cacheName, plan.name());
        warmer.warm(begun);
        ended = Instant.now();
        state = State.DONE;
        LOG.info(
                "NF0517 {}: the warming {} has come to its end: {} in {} ms",
                cacheName,
                plan.name(),
                begun,
                begun.age().toMillis());
        return record.values().keep(begun.toString());
    }

    private void failed(Throwable thrown) {
        if (state == State.RUNNING) {
            ended = Instant.now();
        }
        state = State.FAILED;
        failure = thrown.toString();
        LOG.warn(
                "NF0518 {}: the warming {} has failed, and is tried again in {} ms, here or by another node",
                cacheName,
                plan.name(),
                failedLookMillis(),
                thrown);
    }
}
