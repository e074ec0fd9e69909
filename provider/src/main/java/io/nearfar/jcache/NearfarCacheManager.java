package io.nearfar.jcache;

import io.nearfar.CacheHealth;
import io.nearfar.HttpSettings;
import io.nearfar.InvalidationDeclaration;
import io.nearfar.InvalidationPace;
import io.nearfar.InvalidationReport;
import io.nearfar.Meter;
import io.nearfar.MetricsSettings;
import io.nearfar.NamedInvalidation;
import io.nearfar.NearfarCache;
import io.nearfar.NearfarManager;
import io.nearfar.RateLimiter;
import io.nearfar.StatusSettings;
import io.nearfar.Warmer;
import io.nearfar.WarmingPlan;
import io.nearfar.WarmingProgress;
import java.lang.ref.WeakReference;
import java.lang.reflect.Type;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;

/** The caches of one URI and class loader (JSR-107, chapter 5). */
public final class NearfarCacheManager implements NearfarManager {
    private final CachingProvider provider;
    private final URI uri;
    private final WeakReference<ClassLoader> classLoader;
    private final Properties properties;
    private final Backroom backroom;
    private final Consumer<NearfarCacheManager> farewell;
    private final ConcurrentMap<String, CacheFrontDesk<?, ?>> caches = new ConcurrentHashMap<>();
    private final Invalidations invalidations;
    private final Warmings warmings;
    private final MeterBook meters;
    private volatile boolean closed;

    /**
     * Creates a manager without caches.
     *
     * @param properties what the application gave; copied
     * @param backroom opens the tiers; closed with the manager
     * @param farewell told once when the manager is closed
     */
    public NearfarCacheManager(
            CachingProvider provider,
            URI uri,
            ClassLoader classLoader,
            Properties properties,
            Backroom backroom,
            Consumer<NearfarCacheManager> farewell) {
        this.provider = provider;
        this.uri = uri;
        this.classLoader = new WeakReference<>(classLoader);
        this.properties = copy(properties);
        this.backroom = backroom;
        this.farewell = farewell;
        this.meters = new MeterBook(uri, backroom, caches);
        this.invalidations = new Invalidations(backroom, caches, this::getClassLoader);
        this.warmings = new Warmings(backroom, caches, this::getClassLoader);
    }

    private static Properties copy(Properties properties) {
        Properties copy = new Properties();
        properties.stringPropertyNames().forEach(name -> copy.setProperty(name, properties.getProperty(name)));
        return copy;
    }

    @Override
    public CachingProvider getCachingProvider() {
        return provider;
    }

    @Override
    public URI getURI() {
        return uri;
    }

    @Override
    @SuppressWarnings("NullAway") // null once the loader itself is gone, and with it everybody who could ask
    public ClassLoader getClassLoader() {
        return classLoader.get();
    }

    @Override
    public Properties getProperties() {
        return copy(properties);
    }

    @Override
    public synchronized <K, V, C extends Configuration<K, V>> Cache<K, V> createCache(
            String cacheName, C configuration) {
        if (find(cacheName) != null) {
            throw new CacheException("Cache " + cacheName + " exists already in manager " + uri
                    + "; get it with getCache, or destroy it first");
        }
        Objects.requireNonNull(configuration, () -> "The configuration of cache " + cacheName + " is null");
        return open(cacheName, new LiveConfiguration<>(configuration), true, List.of());
    }

    @Override
    @SuppressWarnings("unchecked") // whoever asks for an existing cache vouches for its types, as with getCache(name)
    public <K, V> NearfarCache<K, V> cacheFromTemplate(
            String name, Class<K> key, Class<V> value, Collection<? extends Type> trusted) {
        CacheFrontDesk<?, ?> known = find(name);
        Objects.requireNonNull(key, () -> "The key type asked of cache " + name + " is null");
        Objects.requireNonNull(value, () -> "The value type asked of cache " + name + " is null");
        Objects.requireNonNull(
                trusted, () -> "The trusted types of cache " + name + " are null; none is an empty list");
        return (NearfarCache<K, V>) (known == null ? openOnce(name, key, value, trusted) : known);
    }

    @Override
    public synchronized void connect() {
        mustBeOpen();
        backroom.connect();
        meters.changed();
    }

    @Override
    public CacheHealth health() {
        mustBeOpen();
        return backroom.health();
    }

    private synchronized CacheFrontDesk<?, ?> openOnce(
            String name, Class<?> key, Class<?> value, Collection<? extends Type> trusted) {
        CacheFrontDesk<?, ?> known = find(name);
        if (known != null) {
            return known;
        }
        MutableConfiguration<?, ?> template = typed(key, value);
        return open(name, new LiveConfiguration<>(template), false, List.copyOf(trusted));
    }

    private static <K, V> MutableConfiguration<K, V> typed(Class<K> key, Class<V> value) {
        return new MutableConfiguration<K, V>().setTypes(key, value);
    }

    private <K, V> CacheFrontDesk<K, V> open(
            String name, LiveConfiguration<K, V> configuration, boolean declaredInCode, List<Type> trusted) {
        Opened<K, V> tiers = backroom.open(new CacheRequest<>(name, configuration.copy(), declaredInCode, trusted));
        CacheFrontDesk<K, V> cache = new CacheFrontDesk<>(this, name, configuration, tiers);
        caches.put(name, cache);
        meters.changed();
        return cache;
    }

    /**
     * Returns the cache of that name, or null.
     *
     * @throws ClassCastException if it is declared with other types
     */
    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // types are compared before the cast; null says that there is no cache
    public <K, V> Cache<K, V> getCache(String cacheName, Class<K> keyType, Class<V> valueType) {
        Objects.requireNonNull(keyType, () -> "The key type asked of cache " + cacheName + " is null");
        Objects.requireNonNull(valueType, () -> "The value type asked of cache " + cacheName + " is null");
        CacheFrontDesk<?, ?> cache = find(cacheName);
        if (cache != null) {
            cache.mustHave(keyType, valueType);
        }
        return (Cache<K, V>) cache;
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // since 1.1 the caller vouches for the types; null as above
    public <K, V> Cache<K, V> getCache(String cacheName) {
        return (Cache<K, V>) find(cacheName);
    }

    private @Nullable CacheFrontDesk<?, ?> find(String cacheName) {
        mustBeOpen();
        named(cacheName);
        return caches.get(cacheName);
    }

    @Override
    public Iterable<String> getCacheNames() {
        mustBeOpen();
        return List.copyOf(caches.keySet());
    }

    @Override
    public void destroyCache(String cacheName) {
        CacheFrontDesk<?, ?> cache = find(cacheName);
        if (cache != null) {
            cache.destroy();
        }
    }

    @Override
    public void destroyVersion(String cacheName, int version) {
        CacheFrontDesk<?, ?> cache = find(cacheName);
        if (cache == null) {
            throw new IllegalArgumentException(
                    "There is no cache " + cacheName + " in manager " + uri + ", so its version " + version
                            + " cannot be destroyed; create the cache first, for its settings say where entries lie");
        }
        cache.destroy(version);
    }

    @Override
    public <K, V> void warm(String cacheName, WarmingPlan plan, Warmer<K, V> warmer) {
        mustBeOpen();
        named(cacheName);
        Objects.requireNonNull(plan, () -> "The plan of a warming of cache " + cacheName + " is null");
        warmings.add(
                cacheName, plan, Objects.requireNonNull(warmer, () -> "The warmer of cache " + cacheName + " is null"));
    }

    @Override
    public List<WarmingProgress> warmings() {
        mustBeOpen();
        return warmings.progress();
    }

    @Override
    public boolean declare(InvalidationDeclaration declaration) {
        mustBeOpen();
        return invalidations.declare(Objects.requireNonNull(declaration, "The declaration of an invalidation is null"));
    }

    @Override
    public @Nullable InvalidationDeclaration declaredInvalidation(String name) {
        return invalidations.declared(Objects.requireNonNull(name, "The name of the invalidation is null"));
    }

    @Override
    public List<InvalidationDeclaration> declaredInvalidations() {
        return invalidations.declared();
    }

    @Override
    public InvalidationReport invalidateAll(Collection<NamedInvalidation> several) {
        mustBeOpen();
        Objects.requireNonNull(several, "The invalidations are null; none is an empty list");
        several.forEach(each -> Objects.requireNonNull(each, "One of the invalidations is null; leave it out"));
        return invalidations.fire(several, null);
    }

    @Override
    public InvalidationReport invalidate(NamedInvalidation invalidation) {
        mustBeOpen();
        return invalidations.fire(Objects.requireNonNull(invalidation, "The invalidation is null"), null);
    }

    @Override
    public InvalidationReport invalidate(String name, Object... arguments) {
        mustBeOpen();
        Objects.requireNonNull(name, "The name of the invalidation is null");
        return invalidate(invalidations.plan(name).with(arguments));
    }

    @Override
    public InvalidationReport startInvalidating(NamedInvalidation invalidation, InvalidationPace pace) {
        mustBeOpen();
        Objects.requireNonNull(pace, "The pace of an invalidation is null; give InvalidationPace.DEFAULT");
        return invalidations.fire(Objects.requireNonNull(invalidation, "The invalidation is null"), pace);
    }

    @Override
    public void enableManagement(String cacheName, boolean enabled) {
        CacheFrontDesk<?, ?> cache = find(cacheName);
        if (cache != null) {
            cache.enableManagement(enabled);
        }
    }

    @Override
    public void enableStatistics(String cacheName, boolean enabled) {
        CacheFrontDesk<?, ?> cache = find(cacheName);
        if (cache != null) {
            cache.enableStatistics(enabled);
            meters.show();
        }
    }

    /** Takes a cache that is closed out of the books. */
    void forget(CacheFrontDesk<?, ?> cache) {
        if (caches.remove(cache.getName(), cache)) {
            meters.changed();
        }
    }

    @Override
    public List<Meter> meters() {
        return closed ? List.of() : meters.all();
    }

    @Override
    public void addMetersListener(Runnable listener) {
        meters.add(Objects.requireNonNull(listener, "The listener of meters is null"));
    }

    @Override
    public void removeMetersListener(Runnable listener) {
        meters.remove(Objects.requireNonNull(listener, "The listener of meters is null"));
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        farewell.accept(this);
        try (Closing all = new Closing(uri.toString())) {
            all.add(backroom);
            all.add(invalidations);
            caches.values().forEach(all::add);
            all.add(warmings);
        }
        meters.changed();
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    /**
     * Returns this manager, or its {@link RateLimiter}, which is opened by that; in an outage that takes up to five seconds.
     * Or the {@link HttpSettings}, {@link StatusSettings} or {@link MetricsSettings} that were read for it.
     *
     * @throws CacheException if the server where requests are counted cannot be used
     */
    @Override
    public <T> T unwrap(Class<T> type) {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        if (type == RateLimiter.class) {
            mustBeOpen();
            return type.cast(backroom.limiter());
        }
        if (type == HttpSettings.class) {
            return type.cast(backroom.http());
        }
        if (type == StatusSettings.class) {
            return type.cast(backroom.status());
        }
        if (type == MetricsSettings.class) {
            return type.cast(backroom.metrics());
        }
        throw new IllegalArgumentException("Manager " + uri + " cannot be unwrapped to " + type.getName() + "; it is a "
                + getClass().getName());
    }

    private void mustBeOpen() {
        if (closed) {
            throw new IllegalStateException(
                    "Manager " + uri + " is closed; getCacheManager of the caching provider gives a new one");
        }
    }

    private static void named(@Nullable String cacheName) {
        Objects.requireNonNull(cacheName, "The name of the cache is null");
    }

    @Override
    public String toString() {
        return "Nearfar manager " + uri + (closed ? " (closed)" : "");
    }
}
