package io.nearfar.jcache.management;

import io.nearfar.observe.CacheSignals;
import io.nearfar.observe.HitCounter;
import io.nearfar.observe.LookupTimes;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import javax.cache.management.CacheStatisticsMXBean;

/**
 * The statistics of one cache on this node, as the table of the specification has them (section 11.4): a load is not a
 * put, {@code containsKey} and {@code clear} count nothing, an entry that expires at once was not put.
 *
 * <p>The first {@value #WARM_UP} reads are timed, then one in {@value HitCounter#ONE_IN}; every write and removal is.
 *
 * <p>Near look-ups are counted and timed by the cache's signals anyway: here only what these had come to whenever counting began or
 * ended is noted, so that statistics cost a near hit nothing.
 */
public final class CacheStatistics implements CacheStatisticsMXBean, LookupTimes {
    private static final int WARM_UP = 64;

    private final CacheSignals signals;
    private final LongSupplier evictionsSoFar;
    private final HitCounter hits = new HitCounter();
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
    private long lookupsAtEnd;
    private long lookupsNotCounted;
    private int timedAtFirst; // racy on purpose: a few more or fewer do not matter

    /**
     * Creates statistics that count nothing until they are enabled.
     *
     * @param signals count near look-ups
     * @param evictionsSoFar counts the entries that the cache let go for want of room since it was created
     */
    public CacheStatistics(CacheSignals signals, LongSupplier evictionsSoFar) {
        this.signals = signals;
        this.evictionsSoFar = evictionsSoFar;
        this.evictionsBefore = evictionsSoFar.getAsLong();
    }

    /** Tells whether anything is counted. */
    public boolean isEnabled() {
        return enabled;
    }

    /** Begins or ends to count; what was counted stays. */
    public synchronized void enable(boolean on) {
        if (on != enabled) {
            lookupsNotCounted += on ? signals.sumOfNearLookups() - lookupsAtEnd : 0;
            lookupsAtEnd = signals.sumOfNearLookups();
            enabled = on;
            signals.tellLookups(this);
        }
    }

    private synchronized long nearLookups() {
        return (enabled ? signals.sumOfNearLookups() : lookupsAtEnd) - lookupsNotCounted;
    }

    /** Returns the time at which an operation begins, or 0 if nothing is counted. */
    public long start() {
        return enabled ? System.nanoTime() : 0;
    }

    /** Returns the time at which a read begins if it is one of those that are timed, else 0. Near look-ups are timed elsewhere. */
    public long startGet() {
        boolean timed = enabled && (isWarmingUp() || ThreadLocalRandom.current().nextInt(HitCounter.ONE_IN) == 0);
        return timed ? System.nanoTime() : 0;
    }

    private boolean isWarmingUp() {
        return timedAtFirst < WARM_UP;
    }

    @Override
    public boolean wantsEach() {
        return enabled && isWarmingUp();
    }

    @Override
    public void timed(long nanos, boolean chosen) {
        if (enabled && (chosen || isWarmingUp())) {
            timed(1, nanos);
        }
    }

    private void timed(long reads, long nanos) {
        timedAtFirst++;
        timedGets.add(reads);
        getNanos.add(nanos);
    }

    /** Counts reads that found something and reads that did not, begun at {@code start}. */
    public void gets(long found, long missed, long start) {
        if (!enabled) {
            return;
        }
        if (found > 0) {
            hits.add(found);
        }
        if (missed > 0) {
            misses.add(missed);
        }
        if (start != 0) {
            timed(found + missed, since(start));
        }
    }

    /** Counts a read that found something, but for near look-ups. */
    public void hit(long start) {
        gets(1, 0, start);
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
        hitsBefore = hits.sum() + nearLookups();
        timedAtFirst = 0;
        signals.tellLookups(this);
        evictionsBefore = evictionsSoFar.getAsLong();
    }

    @Override
    public long getCacheHits() {
        long before = hitsBefore; // first, or what comes until then and is cleared would make it negative
        return hits.sum() + nearLookups() - before;
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
        long before = evictionsBefore;
        return evictionsSoFar.getAsLong() - before;
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
