package io.nearfar.jcache.management;

import io.nearfar.observe.HitCounter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import javax.cache.management.CacheStatisticsMXBean;
import org.jspecify.annotations.Nullable;

/**
 * The statistics of one cache on this node, as the table of the specification has them (section 11.4): a load is not a
 * put, {@code containsKey} and {@code clear} count nothing, an entry that expires at once was not put.
 *
 * <p>The first {@value #WARM_UP} reads are timed, then one in {@value HitCounter#ONE_IN}; every write and removal is.
 */
public final class CacheStatistics implements CacheStatisticsMXBean {
    private static final int WARM_UP = 64;

    private final LongSupplier evictionsSoFar;
    private final HitCounter hits = new HitCounter(this::isWarmingUp);
    private final LongAdder misses = new LongAdder();
    private final LongAdder puts = new LongAdder();
    private final LongAdder removals = new LongAdder();
    private final LongAdder timedGets = new LongAdder();
    private final LongAdder getNanos = new LongAdder();
    private final LongAdder putNanos = new LongAdder();
    private final LongAdder removeNanos = new LongAdder();
    private volatile long evictionsBefore;
    private volatile long hitsBefore;
    private volatile boolean enabled;
    private int timedAtFirst; // racy on purpose: a few more or fewer do not matter

    /**
     * Creates statistics that count nothing until they are enabled.
     *
     * @param evictionsSoFar counts the entries that the cache let go for want of room since it was created
     */
    public CacheStatistics(LongSupplier evictionsSoFar) {
        this.evictionsSoFar = evictionsSoFar;
        this.evictionsBefore = evictionsSoFar.getAsLong();
    }

    /** Tells whether anything is counted. */
    public boolean isEnabled() {
        return enabled;
    }

    /** Begins or ends to count; what was counted stays. */
    public void enable(boolean on) {
        enabled = on;
    }

    /** Returns the time at which an operation begins, or 0 if nothing is counted. */
    public long start() {
        return enabled ? System.nanoTime() : 0;
    }

    /** Returns the time at which a read begins if it is one of those that are timed, else 0. */
    public long startGet() {
        return enabled && hits.mine().isDue() ? System.nanoTime() : 0;
    }

    /** Returns where the current thread counts reads that found something, and finds which it is to time; null if nothing is counted. */
    public HitCounter.@Nullable Cell hits() {
        return enabled ? hits.mine() : null;
    }

    private boolean isWarmingUp() {
        return timedAtFirst < WARM_UP;
    }

    /** Counts reads that found something and reads that did not, begun at {@code start}. */
    public void gets(long found, long missed, long start) {
        if (!enabled) {
            return;
        }
        HitCounter.Cell counted = hits.mine();
        counted.add(found);
        if (missed > 0) {
            misses.add(missed);
        }
        if (start == 0) {
            counted.pass();
            return;
        }
        timedAtFirst++;
        timedGets.add(found + missed);
        getNanos.add(since(start));
        counted.looked();
    }

    /** Counts a read that found something. */
    public void hit(long start) {
        if (start != 0) {
            gets(1, 0, start);
        } else if (enabled) {
            hits.mine().increment();
        }
    }

    /** Counts a read that found nothing. */
    public void miss(long start) {
        gets(0, 1, start);
    }

    /** Counts entries written. */
    public void puts(long count, long start) {
        if (enabled && count > 0) {
            puts.add(count);
            putNanos.add(since(start));
        }
    }

    /** Counts entries removed by request. */
    public void removals(long count, long start) {
        if (enabled && count > 0) {
            removals.add(count);
            removeNanos.add(since(start));
        }
    }

    /** An operation that began before anything was counted has no start. */
    private static long since(long start) {
        return start == 0 ? 0 : System.nanoTime() - start;
    }

    @Override
    public void clear() {
        for (LongAdder counter : new LongAdder[] {misses, puts, removals, timedGets, getNanos, putNanos, removeNanos}) {
            counter.reset();
        }
        hitsBefore = hits.sum();
        timedAtFirst = 0;
        hits.lookAtEach();
        evictionsBefore = evictionsSoFar.getAsLong();
    }

    @Override
    public long getCacheHits() {
        return hits.sum() - hitsBefore;
    }

    @Override
    public float getCacheHitPercentage() {
        return percentage(getCacheHits());
    }

    @Override
    public long getCacheMisses() {
        return misses.sum();
    }

    @Override
    public float getCacheMissPercentage() {
        return percentage(getCacheMisses());
    }

    private float percentage(long part) {
        long gets = getCacheGets();
        return gets == 0 ? 0 : 100f * part / gets;
    }

    @Override
    public long getCacheGets() {
        return getCacheHits() + getCacheMisses();
    }

    @Override
    public long getCachePuts() {
        return puts.sum();
    }

    @Override
    public long getCacheRemovals() {
        return removals.sum();
    }

    @Override
    public long getCacheEvictions() {
        return evictionsSoFar.getAsLong() - evictionsBefore;
    }

    @Override
    public float getAverageGetTime() {
        return averageMicros(getNanos.sum(), timedGets.sum());
    }

    @Override
    public float getAveragePutTime() {
        return averageMicros(putNanos.sum(), puts.sum());
    }

    @Override
    public float getAverageRemoveTime() {
        return averageMicros(removeNanos.sum(), removals.sum());
    }

    private static float averageMicros(long nanos, long count) {
        return count == 0 ? 0 : (float) nanos / count / TimeUnit.MICROSECONDS.toNanos(1);
    }
}
