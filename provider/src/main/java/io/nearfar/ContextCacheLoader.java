package io.nearfar;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import javax.cache.integration.CacheLoader;
import org.jspecify.annotations.Nullable;

/**
 * A loader of a cache's configuration that may say how its results are to be stored, see what they replace, and answer that it has
 * not changed: a {@link CacheLoader} with a {@link LoadContext}. Given to a configuration as any loader is:
 *
 * <pre>{@code
 * ContextCacheLoader<String, Price> loader = (key, context) -> {
 *     Price price = shop.ask(key);
 *     context.setOptions(EntryOptions.NONE.withTimeToLive(price.validFor()));
 *     return price;
 * };
 * configuration.setReadThrough(true).setCacheLoaderFactory(() -> loader);
 * }</pre>
 *
 * <p>Nearfar calls the methods with a context, for whatever it loads by the configuration. Those without one are there for other
 * providers: they call the former, with a context that knows nothing of before and leaves options out of account.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
@FunctionalInterface
public interface ContextCacheLoader<K, V> extends CacheLoader<K, V> {
    /**
     * Returns the value of a key, or null if there is none to store.
     *
     * @param context takes the options of the entry; of use during this call alone and in its thread
     * @throws javax.cache.integration.CacheLoaderException whatever went wrong; any other exception becomes the cause of one.
     *     Nothing is stored
     */
    @Nullable
    V load(K key, LoadContext context);

    /**
     * Returns the values of many keys, as {@link javax.cache.Cache#loadAll} needs them; a key without a value is left out, and
     * one whose context was told that it is not modified may be. Loads one after the other unless it is overridden.
     *
     * @param contexts the keys, each with the context of its entry; of use during this call alone and in its thread
     * @throws javax.cache.integration.CacheLoaderException as for one key; nothing is stored for any
     */
    default Map<K, V> loadAll(Map<K, LoadContext> contexts) {
        Map<K, V> loaded = new HashMap<>();
        contexts.forEach((key, context) -> {
            V value = load(key, context);
            if (value != null) {
                loaded.put(key, value);
            }
        });
        return loaded;
    }

    /** Like {@link #load(Object, LoadContext)}, for a provider that has no context. */
    @Override
    default @Nullable V load(K key) {
        return load(key, options -> requireNonNull(options, "The options of a load are null"));
    }

    /** Like {@link #loadAll(Map)}, for a provider that has no context. */
    @Override
    default Map<K, V> loadAll(Iterable<? extends K> keys) {
        Map<K, LoadContext> contexts = new HashMap<>();
        keys.forEach(key -> contexts.put(key, options -> requireNonNull(options, "The options of a load are null")));
        return loadAll(contexts);
    }
}
