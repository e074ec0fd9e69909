package io.nearfar.jcache.integration;

import java.util.Map;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/** A cache's loader, its failures turned into {@link CacheLoaderException} as the specification asks (section 8.2). */
public final class Loader<K, V> {
    private final CacheLoader<K, V> loader;

    /** Wraps the application's loader. */
    public Loader(CacheLoader<K, V> loader) {
        this.loader = loader;
    }

    /** Returns what the loader has for {@code key}, or null. */
    public @Nullable V load(K key) {
        try {
            return loader.load(key);
        } catch (CacheLoaderException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new CacheLoaderException(failed("loading a key"), e);
        }
    }

    /** Returns what the loader has for {@code keys}; what it does not have is left out or null. */
    public Map<K, V> loadAll(Iterable<? extends K> keys) {
        Map<K, V> loaded;
        try {
            loaded = loader.loadAll(keys);
        } catch (CacheLoaderException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new CacheLoaderException(failed("loading many keys"), e);
        }
        if (loaded == null) {
            throw new CacheLoaderException(
                    failed("loading many keys") + ": loadAll returned null; an empty map means that there is nothing");
        }
        return loaded;
    }

    private String failed(String what) {
        return "Cache loader " + loader.getClass().getName() + " failed " + what;
    }
}
