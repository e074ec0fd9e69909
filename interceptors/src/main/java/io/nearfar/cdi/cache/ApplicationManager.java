package io.nearfar.cdi.cache;

import io.nearfar.InvalidationDeclaration;
import io.nearfar.NearfarCache;
import io.nearfar.NearfarManager;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;

/**
 * The cache manager of an application: the default one of our provider, bound to the application's class loader. Opened
 * when first needed, opened again if somebody closed it, closed with the application. Safe for use by several threads.
 */
public final class ApplicationManager implements AutoCloseable {
    /** Asked for by name: on some servers another provider is always visible too. */
    private static final String PROVIDER = "io.nearfar.spi.NearfarCachingProvider";

    private final ClassLoader loader;
    private final List<InvalidationDeclaration> declarations = new ArrayList<>();
    private final List<Consumer<NearfarManager>> watchers = new ArrayList<>();
    private @Nullable NearfarManager manager;
    private boolean closed;

    /** Creates one for the application of that class loader; opens nothing yet. */
    public ApplicationManager(ClassLoader loader) {
        this.loader = loader;
    }

    /** Returns the provider; never null. */
    public CachingProvider provider() {
        return Caching.getCachingProvider(PROVIDER, loader);
    }

    /**
     * Returns the manager, open.
     *
     * @throws CacheException if a setting is wrong, the far tier cannot be used as configured, or the application ends
     */
    public synchronized NearfarManager manager() {
        if (closed) {
            throw new CacheException("The application is being stopped; its caches are closed");
        }
        NearfarManager present = manager;
        if (present == null || present.isClosed()) {
            present = open();
            manager = present;
            for (Consumer<NearfarManager> watcher : watchers) {
                watcher.accept(present);
            }
        }
        return present;
    }

    /** Has {@code watcher} told of the manager if it is open, and of each that is opened from now on; opens none. */
    public synchronized void whenOpen(Consumer<NearfarManager> watcher) {
        watchers.add(watcher);
        NearfarManager present = manager;
        if (present != null && !present.isClosed()) {
            watcher.accept(present);
        }
    }

    /**
     * Declares an invalidation in the manager, and again in each that is opened in its place.
     *
     * @throws IllegalArgumentException if something is wrong with it; names the cure
     * @throws CacheException if the manager cannot be opened
     */
    public synchronized void declare(InvalidationDeclaration declaration) {
        manager().declare(declaration);
        if (!declarations.contains(declaration)) {
            declarations.add(declaration);
        }
    }

    /** Returns the cache of that name, made from the template if there is none; see {@link NearfarManager}. */
    public <K, V> NearfarCache<K, V> cache(
            String name, Class<K> key, Class<V> value, Collection<? extends Type> trusted) {
        return manager().cacheFromTemplate(name, key, value, trusted);
    }

    /**
     * Closes the manager if it was opened here and, where the class loader is that of a deployed application and ends with
     * it, whatever else is open under it. Nothing is opened afterwards.
     */
    @Override
    public synchronized void close() {
        closed = true;
        NearfarManager present = manager;
        if (present != null) {
            present.close();
            closeOthers(present.getCachingProvider());
        }
    }

    private void closeOthers(CachingProvider provider) {
        if (!isOfProgram()) {
            provider.close(loader);
        }
    }

    /** Tells whether the class loader is the program's own, under which others than this container may have caches. */
    private boolean isOfProgram() {
        ClassLoader program = ClassLoader.getSystemClassLoader();
        while (program != null && program != loader) {
            program = program.getParent();
        }
        return program == loader;
    }

    private NearfarManager open() {
        CachingProvider provider = provider();
        CacheManager opened = provider.getCacheManager(provider.getDefaultURI(), loader);
        NearfarManager ours = opened.unwrap(NearfarManager.class);
        declarations.forEach(ours::declare);
        return ours;
    }
}
