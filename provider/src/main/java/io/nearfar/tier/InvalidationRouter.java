package io.nearfar.tier;

import io.nearfar.entry.Version;
import io.nearfar.invalidation.BeatSink;
import io.nearfar.invalidation.Invalidation;
import io.nearfar.invalidation.InvalidationSink;
import io.nearfar.invalidation.PartitionStream;
import io.nearfar.invalidation.StreamListener;
import io.nearfar.near.NearLease;
import io.nearfar.near.NearTier;
import io.nearfar.observe.MessageSignals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings the messages of the far tier to the near tiers of this manager, by the name of the cache, and keeps the leases
 * of the partitions by what the messages and beats come to.
 */
final class InvalidationRouter implements InvalidationSink, BeatSink, StreamListener {
    private final Map<String, NearTier<?, ?>> tiers = new ConcurrentHashMap<>();
    private final List<NearLease> leases = new ArrayList<>();
    private final List<PartitionStream> streams = new ArrayList<>();

    private final RecentGlobs globs = new RecentGlobs();
    private final Runnable onDeaf;
    private final Standstill standstill;
    private volatile @Nullable Returns returns;
    private final MessageSignals signals = new MessageSignals();

    /** Creates one; {@code onDeaf} is run when messages do not come although there must be some. */
    InvalidationRouter(int partitions, Duration nearLease, Runnable onDeaf) {
        this(partitions, nearLease, onDeaf, System::currentTimeMillis);
    }

    /** Creates one over a wall clock, by which it notices that the machine was suspended. */
    InvalidationRouter(int partitions, Duration nearLease, Runnable onDeaf, LongSupplier wallMillis) {
        this.onDeaf = onDeaf;
        this.standstill = new Standstill(nearLease, wallMillis, System.nanoTime());
        for (int partition = 0; partition < partitions; partition++) {
            leases.add(new NearLease(nearLease, System.nanoTime()));
            streams.add(new PartitionStream(partition, this));
        }
    }

    /** Has returns of servers noticed from now on. */
    void notice(Returns noticing) {
        returns = noticing;
    }

    void add(String cache, NearTier<?, ?> near) {
        tiers.put(cache, near);
    }

    void remove(String cache, NearTier<?, ?> near) {
        tiers.remove(cache, near);
    }

    /** Returns what counts the messages. */
    MessageSignals signals() {
        return signals;
    }

    /** Returns the leases, one for each partition. */
    List<NearLease> leases() {
        return leases;
    }

    /** Returns how long before {@code now} all partitions were last verified, in nanoseconds. */
    long age(long now) {
        long oldest = 0;
        for (NearLease lease : leases) {
            oldest = Math.max(oldest, lease.age(now));
        }
        return oldest;
    }

    @Override
    public void received(Invalidation message) {
        streams.get(message.partition()).received(message);
    }

    @Override
    public void resubscribed(int partition) {
        streams.get(partition).forget();
    }

    @Override
    public void unreadable(int partition) {
        streams.get(partition).forget();
    }

    /** An own write has shown that the far tier went back. */
    void regressed(int partition) {
        streams.get(partition).forget();
    }

    /** A machine that was suspended may have a while to go until its next beat, and is to serve nothing of before in it. */
    @Override
    public void ticking(long now) {
        long stood = standstill.lookAt(now);
        if (stood > 0) {
            leases.forEach(lease -> lease.stoodStill(now, stood));
        }
    }

    @Override
    public void asking(int partition, long sentAt) {
        ticking(sentAt);
        Returns noticing = returns;
        if (noticing != null) {
            noticing.asking(partition, sentAt);
        }
        streams.get(partition).asking(sentAt, leases.get(partition).beat());
    }

    @Override
    public void answered(int partition, long sentAt, @Nullable Version chain) {
        long straddling = leases.get(partition).answered(chain == null ? Long.MIN_VALUE : chain.stamp());
        streams.get(partition).answered(sentAt, chain, straddling);
    }

    @Override
    public void apply(Invalidation message) {
        NearTier<?, ?> near = tiers.get(message.cache());
        if (near == null) {
            return;
        }
        switch (message.kind()) {
            case CLEAR -> near.clear(message.partition(), message.version().stamp());
            case TAGS ->
                near.invalidateTags(
                        message.partition(), message.names(), message.version().stamp());
            case PATTERN -> message.names().forEach(pattern -> invalidatePattern(near, message, pattern));
            case ENTRIES -> message.names().forEach(text -> near.invalidate(text, message.version()));
        }
    }

    /** What a pattern of a later release means is not known here. */
    private void invalidatePattern(NearTier<?, ?> near, Invalidation message, String pattern) {
        try {
            near.invalidatePattern(
                    message.partition(), globs.of(pattern), message.version().stamp());
        } catch (IllegalArgumentException e) {
            near.beginEpoch(message.partition());
        }
    }

    @Override
    public void gap(int partition) {
        signals.gap();
    }

    @Override
    public void lost(int partition) {
        tiers.values().forEach(near -> near.beginEpoch(partition));
        leases.get(partition).lost();
    }

    @Override
    public void deaf(int partition) {
        onDeaf.run();
    }

    @Override
    public void verified(int partition, long sentAt) {
        Returns noticing = returns;
        if (noticing != null) {
            noticing.verifying(partition, sentAt);
        }
        leases.get(partition).verified(sentAt);
    }

    @Override
    public void reached(int partition, long stamp) {
        leases.get(partition).reached(stamp);
    }
}
