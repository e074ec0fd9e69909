package io.nearfar.spi;

import io.nearfar.config.Mode;
import io.nearfar.config.SettingsReader;
import io.nearfar.jcache.NearfarCacheManager;
import java.net.URI;
import java.util.Collections;
import java.util.Properties;
import java.util.Set;
import java.util.WeakHashMap;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.OptionalFeature;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The caching provider that {@code META-INF/services} names. It keeps one manager for each URI and class loader; a
 * manager that was closed, by whomever, is replaced by a new one when it is asked for again, and so is every manager
 * after the provider itself was closed. Once a servlet container has ended the application, none is opened any more.
 */
public final class NearfarCachingProvider implements CachingProvider {
    private static final Logger LOG = LoggerFactory.getLogger(NearfarCachingProvider.class);

    private static final ClassLoader OWN = NearfarCachingProvider.class.getClassLoader();

    private final Managers managers = new Managers(OWN);
    /** Those whose caches other nodes have, too. */
    private final Set<NearfarCacheManager> shared =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    /** Creates a provider without managers; {@link java.util.ServiceLoader} calls this. */
    public NearfarCachingProvider() {}

    /** Returns the manager of that URI and class loader; null stands for the default of each. */
    @Override
    public CacheManager getCacheManager(
            @Nullable URI uri, @Nullable ClassLoader classLoader, @Nullable Properties properties) {
        URI named = uri == null ? getDefaultURI() : uri;
        ClassLoader loader = classLoader == null ? getDefaultClassLoader() : classLoader;
        Properties given = properties == null ? getDefaultProperties() : properties;
        return managers.get(named, loader, () -> open(named, loader, given));
    }

    private NearfarCacheManager open(URI uri, ClassLoader loader, Properties properties) {
        Wiring wiring = new Wiring(uri, loader, properties);
        LOG.info("NF0601 manager {}: {}", uri, wiring.describe());
        NearfarCacheManager opened = new NearfarCacheManager(this, uri, loader, properties, wiring, managers::forget);
        if (wiring.hasFarTier()) {
            shared.add(opened);
        }
        return opened;
    }

    @Override
    public CacheManager getCacheManager(@Nullable URI uri, @Nullable ClassLoader classLoader) {
        return getCacheManager(uri, classLoader, null);
    }

    @Override
    public CacheManager getCacheManager() {
        return getCacheManager(null, null, null);
    }

    /**
     * Returns the class loader of the application that this provider was made for: that of this class where the provider is
     * part of the application, else, where it is a library of the server, the context class loader of the thread that made
     * it. If the calling thread works for another web application that runs, it is the class loader of that one: a library
     * that applications share may have the provider in a static field.
     */
    @Override
    public ClassLoader getDefaultClassLoader() {
        return managers.asker();
    }

    /** Returns the URI of a class path resource that need not be there. */
    @Override
    public URI getDefaultURI() {
        return SettingsReader.DEFAULT_URI;
    }

    @Override
    public Properties getDefaultProperties() {
        return new Properties();
    }

    @Override
    public void close() {
        managers.close();
    }

    @Override
    public void close(ClassLoader classLoader) {
        managers.close(classLoader);
    }

    @Override
    public void close(URI uri, ClassLoader classLoader) {
        managers.close(uri, classLoader);
    }

    /**
     * Tells whether caches can be stored by reference: where neither the default manager has a far tier nor one that the
     * application has open. Whoever has opened a manager with an address and asks then, means that one. One that is opened later may have a far tier all
     * the same; there the creation of such a cache is refused.
     */
    @Override
    public boolean isSupported(OptionalFeature feature) {
        return feature == OptionalFeature.STORE_BY_REFERENCE
                && !managers.hasOpen(shared::contains)
                && isNearByDefault();
    }

    private boolean isNearByDefault() {
        try {
            return SettingsReader.read(getDefaultURI(), getDefaultProperties(), getDefaultClassLoader())
                            .mode()
                    == Mode.NEAR;
        } catch (CacheException e) {
            LOG.debug("The settings of the default manager cannot be read, so that it cannot be opened either", e);
            return false;
        }
    }
}
