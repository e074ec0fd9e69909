package io.nearfar.tier;

import io.nearfar.config.CacheSettings;
import io.nearfar.config.OutagePolicy;
import io.nearfar.config.OutageRecovery;
import io.nearfar.entry.Entry;
import io.nearfar.entry.ServerClock;
import io.nearfar.entry.ValueFormat;
import io.nearfar.far.FarEntries;
import io.nearfar.key.KeyFormat;
import io.nearfar.key.StoredName;
import io.nearfar.near.NearTier;
import io.nearfar.observe.CacheSignals;
import io.nearfar.tier.Fallback.Part;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts together what a cache needs to go through outages. */
final class Outages {
    private static final Logger LOG = LoggerFactory.getLogger(Outages.class);

    private final Recovery recovery;
    private final @Nullable Fallback fallback;
    private final ServerClock clock;

    Outages(Recovery recovery, @Nullable Fallback fallback, ServerClock clock) {
        this.recovery = recovery;
        this.fallback = fallback;
        this.clock = clock;
    }

    /** Returns the far tier of one cache as it is through an outage; {@code near} is the tier above it, if there is one. */
    <K, V> OutageStore<K, V> over(
            FarEntries<K, V> far,
            @Nullable NearTier<K, V> near,
            CacheSettings settings,
            KeyFormat<K> keys,
            ValueFormat<V> values,
            CacheSignals signals) {
        String cache = StoredName.of(settings);
        DirtySet<K, V> dirty = new DirtySet<>(
                settings.dirty(),
                keys::keep,
                clock,
                System::nanoTime,
                signals,
                () -> recovery.owes(cache),
                key -> far.troubles(far.partition(key)));
        ReturnWatch watch =
                settings.dirty().recovery() == OutageRecovery.CLEAR ? new ReturnWatch(far, System::nanoTime) : null;
        Overtaken<K> overtaken = new Overtaken<>(near, keys, far::partition);
        Part<K, V> part = part(far, dirty, overtaken, settings, keys, values);
        Settler<K, V> settler = new Settler<>(
                cache,
                far,
                dirty,
                recovery.counts(),
                watch,
                part == null ? null : part.settler(),
                settings.deadline().toNanos());
        settler.walkAt(settings.patternPace());
        BitSet left = recovery.open(cache, settler);
        if (watch != null) {
            recovery.watch(cache);
        }
        if (!left.isEmpty()) {
            dirty.noteClear(left);
        }
        OutageAnswers<K, V> answers = settings.outage() == OutagePolicy.CLOSED
                ? new FailClosed<>()
                : open(far, near, overtaken, settings, dirty, part);
        return new OutageStore<>(far, dirty, settler, answers, signals, () -> {
            recovery.close(cache, settler, far, dirty);
            close(part);
        });
    }

    /** Returns what the cache has of the fallback store, or null if it has no part in it. */
    private <K, V> @Nullable Part<K, V> part(
            FarEntries<K, V> far,
            DirtySet<K, V> dirty,
            Overtaken<K> overtaken,
            CacheSettings settings,
            KeyFormat<K> keys,
            ValueFormat<V> values) {
        boolean takesPart =
                settings.outage() == OutagePolicy.OPEN && settings.dirty().fallback();
        return fallback == null || !takesPart
                ? null
                : fallback.open(settings, far, dirty, overtaken, keys, values, clock);
    }

    private void close(@Nullable Part<?, ?> part) {
        if (fallback != null && part != null) {
            fallback.close(part);
        }
    }

    private <K, V> OutageAnswers<K, V> open(
            FarEntries<K, V> far,
            @Nullable NearTier<K, V> near,
            Overtaken<K> overtaken,
            CacheSettings settings,
            DirtySet<K, V> dirty,
            @Nullable Part<K, V> part) {
        Function<K, @Nullable Entry<V>> stale = key -> near == null ? null : near.getStale(key);
        Function<K, @Nullable Entry<V>> before = key -> near == null ? null : before(near, key);
        Room<K, V> room = new Room<>(settings, dirty, near == null ? () -> {} : near::dropAll);
        FailOpen<K, V> memory = new FailOpen<>(settings, dirty, far::partition, stale, before, room::make);
        if (part == null) {
            return memory;
        }
        return new FallbackAnswers<>(settings, part.rows(), memory, dirty, overtaken, before, far::partition);
    }

    private static <K, V> @Nullable Entry<V> before(NearTier<K, V> near, K key) {
        Entry<V> entry = near.get(key);
        return entry == null ? near.getStale(key) : entry;
    }

    /** Makes room in a dirty set that is full: single keys give way to a clear. */
    private static final class Room<K, V> {
        private final CacheSettings settings;
        private final DirtySet<K, V> dirty;
        private final Runnable dropNear;
        private final AtomicBoolean told = new AtomicBoolean();

        Room(CacheSettings settings, DirtySet<K, V> dirty, Runnable dropNear) {
            this.settings = settings;
            this.dirty = dirty;
            this.dropNear = dropNear;
        }

        /** What lies near may be older than what is forgotten here, so it goes as well. */
        void make(K key) {
            if (dirty.isEmpty()) {
                told.set(false);
            } else if (dirty.isFullFor(key)) {
                dirty.noteClearOfAll();
                dropNear.run();
                tell();
            }
        }

        private void tell() {
            if (told.compareAndSet(false, true)) {
                LOG.warn(
                        "NF0405 {}: more than {} keys were changed while the far tier does not answer. They are forgotten"
                                + " here, and the cache is cleared when it answers again; to remember more, raise"
                                + " nearfar.cache.{}.outage.dirty-maximum",
                        StoredName.told(settings),
                        settings.dirty().maximumEntries(),
                        settings.name());
            }
        }
    }
}
