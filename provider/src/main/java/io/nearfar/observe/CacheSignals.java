package io.nearfar.observe;

import io.nearfar.CacheFigures;
import io.nearfar.CacheObserver;
import io.nearfar.Meter;
import io.nearfar.Metric;
import io.nearfar.Tier;
import io.nearfar.observe.Course.Met;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what a cache does and passes it on to its observers. One for each cache; safe for use by several threads. */
public final class CacheSignals {
    private static final Logger LOG = LoggerFactory.getLogger(CacheSignals.class);

    private final String cache;
    private final List<CacheObserver> observers = new CopyOnWriteArrayList<>();
    private volatile boolean observed;
    private final AtomicBoolean complained = new AtomicBoolean();
    private final HitCounter nearLookups = new HitCounter(this::isEachTimed);
    private final HitCounter nearHits = new HitCounter();
    private final LongAdder farHits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder loads = new LongAdder();
    private final LongAdder puts = new LongAdder();
    private final LongAdder removals = new LongAdder();
    private final LongAdder evictions = new LongAdder();
    private final LongAdder invalidations = new LongAdder();
    private final LongAdder unavailable = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder stale = new LongAdder();
    private final LongAdder graceAnswers = new LongAdder();
    private final LongAdder refusedLoads = new LongAdder();
    private final LongAdder dirty = new LongAdder();
    private final LongAdder nearNanos = new LongAdder();
    private final LongAdder farNanos = new LongAdder();
    private final LongAdder loadNanos = new LongAdder();
    private final LongAdder expirations = new LongAdder();
    private final LongAdder remoteEvents = new LongAdder();
    private final LongAdder lostEvents = new LongAdder();
    private final Histogram nearTimes = Histogram.ofNanoseconds();
    private final Histogram loadTimes = Histogram.ofMilliseconds();
    private final Histogram ages = Histogram.ofMilliseconds();
    private final FarSignals far = new FarSignals();
    private final Map<Bulk, LongAdder> bulks = new EnumMap<>(Bulk.class);
    private volatile @Nullable LongSupplier nearBytes;
    private volatile LookupTimes lookupTimes = LookupTimes.NONE;
    private final OperationLog operations;

    /** What an invalidation of more than one entry names. */
    public enum Bulk {
        /** Tags, or a prefix that is declared as a namespace, which is one. */
        TAGS,
        /** A pattern of keys, or a prefix of them. */
        PATTERN,
        /** All. */
        CLEAR
    }

    /** Creates signals of the cache of that name, with no observer. */
    public CacheSignals(String cache) {
        this(cache, new ShownKeys(false));
    }

    /** Creates signals of the cache of that name, with no observer, whose operations are told with such keys. */
    public CacheSignals(String cache, ShownKeys keys) {
        this(cache, new OperationLog(cache, keys));
    }

    /** Creates signals whose operations are told there. */
    CacheSignals(String cache, OperationLog operations) {
        this.cache = cache;
        this.operations = operations;
        for (Bulk bulk : Bulk.values()) {
            bulks.put(bulk, new LongAdder());
        }
    }

    /** Returns what tells of the cache's operations. */
    public OperationLog operations() {
        return operations;
    }

    /** Returns the name of the cache. */
    public String cache() {
        return cache;
    }

    /** Adds an observer; adding one twice has no further effect. */
    public synchronized void add(CacheObserver observer) {
        if (!observers.contains(observer)) {
            observers.add(observer);
        }
        observed = true;
        nearLookups.lookAtEach();
    }

    /** Takes an observer away. */
    public synchronized void remove(CacheObserver observer) {
        observers.remove(observer);
        observed = !observers.isEmpty();
    }

    /** Tells whether a near hit must be timed because somebody listens; without observers it is only counted. */
    public boolean isObserved() {
        return observed;
    }

    private boolean isEachTimed() {
        return observed || lookupTimes.wantsEach();
    }

    /** Has these told of near look-ups that are timed; to be said again whenever they begin to want each. */
    public void tellLookups(LookupTimes times) {
        lookupTimes = times;
        nearLookups.lookAtEach();
    }

    /** Returns where the current thread counts near look-ups, and finds which it is to time; see {@link #timedNearLookup}. */
    public HitCounter.Cell nearLookups() {
        return nearLookups.mine();
    }

    /** Returns how many near hits were counted there; {@link #nearHit} counts the others. */
    public long sumOfNearLookups() {
        return nearLookups.sum();
    }

    /**
     * Counts a near look-up that was timed and tells the observers.
     *
     * @param nanos how long it took
     * @param weight how many it stands for in the sum of times; 0 if it would not have been timed, were not each
     */
    public void timedNearLookup(long nanos, int weight) {
        nearLookups.mine().increment();
        if (weight > 0) {
            nearNanos.add(nanos * weight);
            nearTimes.record(nanos, weight);
            operations.look();
        }
        lookupTimes.timed(nanos, weight > 0);
        tellNearHit(nanos);
    }

    private void tellNearHit(long nanos) {
        if (observed) { // else nothing is allocated at a hit
            tell(observer -> observer.hit(cache, Tier.NEAR, nanos));
        }
    }

    /** Counts a near hit by another way, which took {@code nanos} if it was timed for observers. */
    public void nearHit(long nanos) {
        nearHits(1);
        tellNearHit(nanos);
    }

    /** Counts so many near hits by another way, of which observers are not told. */
    public void nearHits(int number) {
        nearHits.add(number);
        if (ThreadLocalRandom.current().nextInt(HitCounter.ONE_IN) < number) {
            operations.look();
        }
    }

    /** Counts, for one of many near hits, that its partition was verified so long before it. */
    public void verifiedAge(long nanos) {
        ages.record(nanos);
    }

    /** Counts a near hit in an outage, older than it may be otherwise, that took {@code nanos}. */
    public void staleHit(long nanos) {
        stale.increment();
        outageHit(nanos);
    }

    /** Counts a near hit in an outage that is this node's own last change, and took {@code nanos}. */
    public void outageHit(long nanos) {
        nearHits.increment();
        nearNanos.add(nanos);
        operations.met(Met.OUTAGE);
        tell(observer -> observer.hit(cache, Tier.NEAR, nanos));
    }

    /** Counts so many more keys, or less, of which the far tier is yet to be told. */
    public void dirtied(int keys) {
        dirty.add(keys);
    }

    /** Counts a far hit that took {@code nanos}. */
    public void farHit(long nanos) {
        farHits.increment();
        operations.met(Met.FAR_HIT);
        farNanos.add(nanos);
        tell(observer -> observer.hit(cache, Tier.FAR, nanos));
    }

    /** Counts a read that found nothing and took {@code nanos}. */
    public void miss(long nanos) {
        misses.increment();
        operations.met(Met.MISS);
        tell(observer -> observer.miss(cache, nanos));
    }

    /** Counts a load that took {@code nanos}. */
    public void loaded(long nanos) {
        loads.increment();
        loadNanos.add(nanos);
        loadTimes.record(nanos);
        tell(observer -> observer.loaded(cache, nanos));
    }

    /** Counts an entry written. */
    public void put() {
        puts.increment();
        operations.met(Met.STORED);
        tell(observer -> observer.put(cache));
    }

    /** Counts an entry removed. */
    public void removed() {
        removals.increment();
        operations.met(Met.REMOVED);
        tell(observer -> observer.removed(cache));
    }

    /** Counts an entry evicted from the near tier. */
    public void evicted() {
        evictions.increment();
        tell(observer -> observer.evicted(cache));
    }

    /** Counts an entry that was found expired by this node. */
    public void expired() {
        expirations.increment();
    }

    /** Counts a change by another node of which listeners here were told. */
    public void remoteEvent() {
        remoteEvents.increment();
    }

    /** Counts a change by another node of which listeners here could not be told. */
    public void lostEvent() {
        lostEvents.increment();
    }

    /** Returns what counts the calls of the far tier for this cache. */
    public FarSignals far() {
        return far;
    }

    /** Counts a near entry dropped by an invalidation. */
    public void invalidated() {
        invalidations.increment();
        tell(observer -> observer.invalidated(cache));
    }

    /** Counts an invalidation of more than one entry that somebody here has asked for. */
    public void invalidatedInBulk(Bulk what) {
        LongAdder count = bulks.get(what);
        if (count != null) {
            count.increment();
        }
    }

    /** Has the bytes of the near tier shown, which {@code bytes} tells. */
    public void weigh(LongSupplier bytes) {
        nearBytes = bytes;
    }

    /** Counts a far operation that failed or was not tried. */
    public void unavailable() {
        unavailable.increment();
        operations.met(Met.OUTAGE);
        tell(observer -> observer.unavailable(cache));
    }

    /** Counts an answer in place of a load that failed, with a value whose time is over. */
    public void graceAnswer() {
        graceAnswers.increment();
        operations.met(Met.GRACE);
    }

    /** Counts loads that the cache's limit had no room for. */
    public void refusedLoads(int loads) {
        refusedLoads.add(loads);
    }

    /** Counts a key or value of the far tier that was not taken. */
    public void rejected() {
        rejected.increment();
    }

    /** Returns the figures; {@code nearSize} is asked for the current number of near entries. */
    public CacheFigures figures(LongSupplier nearSize) {
        return new CacheFigures(
                sumOfNearHits(),
                farHits.sum(),
                misses.sum(),
                loads.sum(),
                puts.sum(),
                removals.sum(),
                evictions.sum(),
                invalidations.sum(),
                unavailable.sum(),
                rejected.sum(),
                stale.sum(),
                graceAnswers.sum(),
                refusedLoads.sum(),
                dirty.sum(),
                nearSize.getAsLong(),
                nearNanos.sum(),
                farNanos.sum(),
                loadNanos.sum());
    }

    private long sumOfNearHits() {
        return nearLookups.sum() + nearHits.sum();
    }

    /** Returns the meters; {@code nearSize} is asked for the current number of near entries. */
    public List<Meter> meters(LongSupplier nearSize) {
        List<Meter> meters = new ArrayList<>(List.of(
                Meter.of(Metric.CACHE_HITS, this::sumOfNearHits, cache, "near"),
                Meter.of(Metric.CACHE_HITS, farHits::sum, cache, "far"),
                Meter.of(Metric.CACHE_MISSES, misses::sum, cache),
                Meter.of(Metric.CACHE_PUTS, puts::sum, cache),
                Meter.of(Metric.CACHE_REMOVALS, removals::sum, cache),
                Meter.of(Metric.CACHE_EVICTIONS, evictions::sum, cache),
                Meter.of(Metric.CACHE_EXPIRATIONS, expirations::sum, cache),
                Meter.of(Metric.CACHE_REMOTE_EVENTS, remoteEvents::sum, cache),
                Meter.of(Metric.CACHE_LOST_EVENTS, lostEvents::sum, cache),
                Meter.of(Metric.CACHE_INVALIDATIONS, invalidations::sum, cache),
                Meter.of(Metric.CACHE_STALE_ANSWERS, stale::sum, cache),
                Meter.of(Metric.CACHE_GRACE_ANSWERS, graceAnswers::sum, cache),
                Meter.of(Metric.CACHE_REFUSED_LOADS, refusedLoads::sum, cache),
                Meter.of(Metric.CACHE_REJECTED, rejected::sum, cache),
                Meter.of(Metric.CACHE_UNAVAILABLE, unavailable::sum, cache),
                Meter.of(Metric.CACHE_DIRTY_KEYS, dirty::sum, cache),
                Meter.of(Metric.CACHE_NEAR_ENTRIES, nearSize::getAsLong, cache),
                Meter.ofHistogram(Metric.CACHE_NEAR_DURATION, nearTimes::read, cache),
                Meter.ofHistogram(Metric.CACHE_LOAD_DURATION, loadTimes::read, cache),
                Meter.ofHistogram(Metric.CACHE_VERIFIED_AGE, ages::read, cache)));
        bulks.forEach((what, count) -> meters.add(Meter.of(
                Metric.CACHE_BULK_INVALIDATIONS, count::sum, cache, what.name().toLowerCase(Locale.ROOT))));
        LongSupplier bytes = nearBytes;
        if (bytes != null) {
            meters.add(Meter.of(Metric.CACHE_NEAR_BYTES, bytes::getAsLong, cache));
        }
        meters.addAll(far.meters(cache));
        return meters;
    }

    private void tell(Consumer<CacheObserver> signal) {
        for (CacheObserver observer : observers) {
            tell(observer, signal);
        }
    }

    private void tell(CacheObserver observer, Consumer<CacheObserver> signal) {
        try {
            signal.accept(observer);
        } catch (RuntimeException e) {
            if (complained.compareAndSet(false, true)) {
                LOG.warn("NF0101 {}: observer {} failed; its further failures are not logged", cache, observer, e);
            }
        }
    }
}
