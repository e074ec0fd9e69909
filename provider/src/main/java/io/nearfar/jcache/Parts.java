package io.nearfar.jcache;

import io.nearfar.config.CacheSettings;
import io.nearfar.config.Mode;
import io.nearfar.jcache.event.Listeners;
import io.nearfar.jcache.expiry.Expiries;
import io.nearfar.jcache.expiry.Expiry;
import io.nearfar.jcache.expiry.KeyedExpiry;
import io.nearfar.jcache.integration.Loader;
import io.nearfar.jcache.integration.Writer;
import io.nearfar.jcache.management.CacheStatistics;
import io.nearfar.observe.CacheSignals;
import java.util.concurrent.ThreadFactory;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Factory;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration of one cache asks for, made by the application's factories.
 *
 * @param expiry how long entries live
 * @param loader the loader of a cache that has one
 * @param readsThrough whether a read that finds nothing calls the loader
 * @param writer the writer of a cache that writes through
 * @param listeners who is told
 * @param statistics what JSR-107 counts
 */
record Parts<K, V>(
        KeyedExpiry<K> expiry,
        @Nullable Loader<K, V> loader,
        boolean readsThrough,
        @Nullable Writer<K, V> writer,
        Listeners<K, V> listeners,
        CacheStatistics statistics) {

    /**
     * Has everything made; whatever can be closed is given to {@code closing}.
     *
     * @throws RuntimeException what a factory throws
     */
    static <K, V> Parts<K, V> make(
            Cache<K, V> cache,
            CompleteConfiguration<K, V> configuration,
            Opened<K, V> opened,
            ThreadFactory workers,
            Closing closing) {
        Making making = new Making(cache.getName(), closing);
        Loader<K, V> loader = making.loader(configuration);
        return new Parts<>(
                making.expiry(configuration, opened),
                loader,
                loader != null && configuration.isReadThrough(),
                making.writer(configuration),
                listeners(cache, configuration, workers, closing),
                statistics(opened));
    }

    /**
     * Returns these parts for a view of the cache, which has listeners and statistics of its own. It is for what another
     * release has left: a removal there must not delete in the store that this release writes to, and a miss must not put
     * there what this release loads.
     */
    Parts<K, V> inView(Cache<K, V> view, Opened<K, V> opened, ThreadFactory workers, Closing closing) {
        Listeners<K, V> own = closing.add(new Listeners<>(view, workers));
        return new Parts<>(expiry, loader, false, null, own, statistics(opened));
    }

    private static <K, V> Listeners<K, V> listeners(
            Cache<K, V> cache, CompleteConfiguration<K, V> configuration, ThreadFactory workers, Closing closing) {
        Listeners<K, V> listeners = closing.add(new Listeners<>(cache, workers));
        for (CacheEntryListenerConfiguration<K, V> listener : configuration.getCacheEntryListenerConfigurations()) {
            listeners.add(listener);
        }
        return listeners;
    }

    /** In a tier above another an eviction is none of the cache: the entry is still there. */
    private static CacheStatistics statistics(Opened<?, ?> opened) {
        boolean near = opened.settings().mode() == Mode.NEAR;
        CacheSignals signals = opened.signals();
        return new CacheStatistics(
                signals, () -> near ? signals.figures(() -> 0).evictions() : 0);
    }

    /** Calls the factories of one cache. */
    private record Making(String cache, Closing closing) {
        <K> KeyedExpiry<K> expiry(CompleteConfiguration<K, ?> configuration, Opened<K, ?> opened) {
            CacheSettings settings = opened.settings();
            Expiry policy = settings.timeToLive() == null
                    ? Expiries.of(cache, made("expiry policy", configuration.getExpiryPolicyFactory()))
                    : null;
            return new KeyedExpiry<>(() -> opened.live().get().settings(), policy, opened.texts());
        }

        <K, V> @Nullable Loader<K, V> loader(CompleteConfiguration<K, V> configuration) {
            return configuration.getCacheLoaderFactory() == null
                    ? null
                    : closing.add(new Loader<>(cache, made("cache loader", configuration.getCacheLoaderFactory())));
        }

        /** A writer is made, and closed at the end, also where the cache does not write through. */
        <K, V> @Nullable Writer<K, V> writer(CompleteConfiguration<K, V> configuration) {
            if (configuration.getCacheWriterFactory() == null) {
                return null;
            }
            Writer<K, V> writer = new Writer<K, V>(made("cache writer", configuration.getCacheWriterFactory()));
            return configuration.isWriteThrough() ? writer : null;
        }

        private <T> T made(String what, Factory<? extends T> factory) {
            T made = factory.create();
            if (made == null) {
                throw new CacheException("The factory of the " + what + " of cache " + cache + " made null; it is "
                        + factory.getClass().getName());
            }
            return closing.addIfCloseable(made);
        }
    }
}
