package io.nearfar.jcache;

import io.nearfar.NearfarConfiguration;
import java.util.function.Consumer;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import org.jspecify.annotations.Nullable;

/** The configuration of one cache: copied when it was created, changed only through the cache and its manager. */
final class LiveConfiguration<K, V> {
    private final MutableConfiguration<K, V> current;

    LiveConfiguration(Configuration<K, V> given) {
        this.current = completed(given);
    }

    private static <K, V> MutableConfiguration<K, V> completed(Configuration<K, V> given) {
        if (given instanceof CompleteConfiguration<K, V> complete) {
            return copyOf(complete);
        }
        return new MutableConfiguration<K, V>()
                .setTypes(given.getKeyType(), given.getValueType())
                .setStoreByValue(given.isStoreByValue());
    }

    private static <K, V> MutableConfiguration<K, V> copyOf(CompleteConfiguration<K, V> original) {
        return original instanceof NearfarConfiguration<K, V>
                ? new NearfarConfiguration<>(original)
                : new MutableConfiguration<>(original);
    }

    /** Returns a copy, which the caller may change without effect on the cache. */
    synchronized MutableConfiguration<K, V> copy() {
        return copyOf(current);
    }

    /** Returns a copy of that type, or null if there is none; any can be one of ours, with nothing set beyond the standard. */
    <C> @Nullable C copyAs(Class<C> type) {
        MutableConfiguration<K, V> copy = copy();
        if (type.isInstance(copy)) {
            return type.cast(copy);
        }
        return type.isAssignableFrom(NearfarConfiguration.class) ? type.cast(new NearfarConfiguration<>(copy)) : null;
    }

    /** Returns a configuration of its own with the same in it, but for what a view of the cache does not do. */
    LiveConfiguration<K, V> ofView() {
        MutableConfiguration<K, V> bare = copy();
        bare.setStatisticsEnabled(false).setManagementEnabled(false);
        bare.setReadThrough(false).setWriteThrough(false);
        copy().getCacheEntryListenerConfigurations().forEach(bare::removeCacheEntryListenerConfiguration);
        return new LiveConfiguration<>(bare);
    }

    /**
     * Notes a listener, has it made, and forgets it again if that fails.
     *
     * @throws IllegalArgumentException if the same is there already
     */
    synchronized void addListener(
            CacheEntryListenerConfiguration<K, V> listener, Consumer<CacheEntryListenerConfiguration<K, V>> making) {
        current.addCacheEntryListenerConfiguration(listener);
        try {
            making.accept(listener);
        } catch (RuntimeException | Error e) {
            current.removeCacheEntryListenerConfiguration(listener);
            throw e;
        }
    }

    synchronized void removeListener(CacheEntryListenerConfiguration<K, V> listener) {
        current.removeCacheEntryListenerConfiguration(listener);
    }

    synchronized void enableStatistics(boolean on) {
        current.setStatisticsEnabled(on);
    }

    synchronized void enableManagement(boolean on) {
        current.setManagementEnabled(on);
    }
}
