package io.nearfar.entry;

import io.nearfar.config.CacheSettings;
import io.nearfar.entry.codec.CacheTypes;
import io.nearfar.entry.codec.ObjectBytes;

/** Makes the formats in which caches keep values. */
public final class ValueFormats {
    private ValueFormats() {}

    /**
     * Returns the format of a cache that stores by value and of whose types nothing but the declared one is known.
     *
     * @param settings the cache's settings
     * @param declaredType the declared type of the values; Object if it is not declared
     * @param managerLoader the class loader of the cache manager, by which type names become classes
     * @throws javax.cache.CacheException if the settings name an unknown codec
     */
    public static <V> ValueFormat<V> byValue(CacheSettings settings, Class<?> declaredType, ClassLoader managerLoader) {
        return byValue(settings, CacheTypes.of(declaredType, managerLoader), () -> {});
    }

    /**
     * Returns the format of a cache that stores by value.
     *
     * @param settings the cache's settings
     * @param types what is known of the types of the values
     * @param rejected run whenever bytes from the far tier are refused as garbage or as of an untrusted type
     * @throws javax.cache.CacheException if the settings name an unknown codec
     */
    public static <V> ValueFormat<V> byValue(CacheSettings settings, CacheTypes types, Runnable rejected) {
        return new ByValueFormat<>(new ObjectBytes(settings, types, "a value", rejected), settings);
    }

    /** Returns the format of a cache that stores by reference, which only a cache without far tier can. */
    public static <V> ValueFormat<V> byReference() {
        return new ByReferenceFormat<>();
    }
}
