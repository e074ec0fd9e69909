package io.nearfar.tier;

import io.nearfar.config.CacheSettings;
import io.nearfar.config.FarSettings;
import io.nearfar.entry.ServerClock;
import io.nearfar.entry.ValueFormat;
import io.nearfar.far.FarEntries;
import io.nearfar.key.KeyFormat;
import io.nearfar.key.StoredName;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The fallback store of one manager. */
final class Fallback implements AutoCloseable {
    private final FarSettings settings;
    private final LongSupplier nanoTime;
    private final FallbackLink link;
    private final FallbackKeeper keeper;
    private final Set<Overtaken<?>> caches = ConcurrentHashMap.newKeySet();

    /** Creates one over a table; by {@code nanoTime} it is told whether who has claimed a row is gone. */
    Fallback(FarSettings settings, OutageTable table, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.link = new FallbackLink(settings.prefix(), table);
        this.keeper = new FallbackKeeper(settings.prefix(), link);
    }

    /**
     * What one cache has of it.
     *
     * @param rows its entries
     * @param settler settles them
     * @param overtaken compares them with its near tier
     */
    record Part<K, V>(FallbackRows<K, V> rows, RowSettler<K, V> settler, Overtaken<K> overtaken) {}

    /** Opens the part of a cache; all that is left of it in the table is suspected of being newer than the far tier. */
    <K, V> Part<K, V> open(
            CacheSettings cache,
            FarEntries<K, V> far,
            DirtySet<K, V> dirty,
            Overtaken<K> overtaken,
            KeyFormat<K> keys,
            ValueFormat<V> values,
            ServerClock clock) {
        RowNames names = new RowNames(settings.prefix(), settings.address().database(), StoredName.of(cache));
        RowAccess access = new RowAccess(
                StoredName.told(cache),
                names,
                link,
                new Suspicions(far::troubles),
                cache.deadline().toNanos(),
                nanoTime);
        RowWork<K, V> work = new RowWork<>(StoredName.of(cache), keys, far, clock, keeper.counts(), nanoTime);
        RowSettler<K, V> settler = new RowSettler<>(access, keys, far, dirty, work, nanoTime);
        keeper.add(settler);
        caches.add(overtaken);
        return new Part<>(new FallbackRows<>(access, overtaken, keys, values, clock), settler, overtaken);
    }

    /** A cache is closed; what it has left in the table others settle. */
    void close(Part<?, ?> part) {
        keeper.remove(part.settler());
        caches.remove(part.overtaken());
    }

    /** A partition's server is back after an outage. */
    void returned(int partition) {
        caches.forEach(overtaken -> overtaken.returned(partition));
    }

    @Override
    public void close() {
        keeper.close();
        link.close();
    }
}
