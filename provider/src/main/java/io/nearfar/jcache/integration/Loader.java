package io.nearfar.jcache.integration;

import io.nearfar.ContextCacheLoader;
import io.nearfar.LoadContext;
import java.util.ArrayList;
import java.util.Map;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/**
 * A cache's loader, its failures turned into {@link CacheLoaderException} as the specification asks (section 8.2). Loads
 * that wait for a thread when the cache is closed come to an end without it: the application may have closed what it needs.
 */
public final class Loader<K, V> implements AutoCloseable {
    /** Long enough for a call that is nearly done; one that hangs may end only because what it uses is closed. */
    private static final long END_MILLIS = 200;

    private final CacheLoader<K, V> loader;
    private final CallGate gate;

    /**
     * Wraps the application's loader.
     *
     * @param cache the name of the cache
     */
    public Loader(String cache, CacheLoader<K, V> loader) {
        this.loader = loader;
        this.gate = new CallGate("Cache " + cache + " was closed before its loader was called", END_MILLIS);
    }

    /**
     * Returns what the loader has for {@code key}, or null.
     *
     * @param context for a loader that takes one
     * @throws IllegalStateException if the cache is closed
     */
    public @Nullable V load(K key, LoadContext context) {
        gate.enter();
        try {
            return loader instanceof ContextCacheLoader<K, V> hearing ? hearing.load(key, context) : loader.load(key);
        } catch (CacheLoaderException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new CacheLoaderException(failed("loading a key"), e);
        } finally {
            gate.leave();
        }
    }

    /**
     * Returns what the loader has for many keys; what it does not have is left out or null.
     *
     * @param contexts the keys, each with its own for a loader that takes them
     * @throws IllegalStateException if the cache is closed
     */
    public Map<K, V> loadAll(Map<K, LoadContext> contexts) {
        Map<K, V> loaded;
        gate.enter();
        try {
            loaded = loader instanceof ContextCacheLoader<K, V> hearing
                    ? hearing.loadAll(contexts)
                    : loader.loadAll(new ArrayList<>(contexts.keySet()));
        } catch (CacheLoaderException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new CacheLoaderException(failed("loading many keys"), e);
        } finally {
            gate.leave();
        }
        if (loaded == null) {
            throw new CacheLoaderException(
                    failed("loading many keys") + ": loadAll returned null; an empty map means that there is nothing");
        }
        return loaded;
    }

    /** Has the application's loader called no more; a call that is nearly done is waited for. */
    @Override
    public void close() {
        gate.close();
    }

    private String failed(String what) {
        return "Cache loader " + loader.getClass().getName() + " failed " + what;
    }
}
