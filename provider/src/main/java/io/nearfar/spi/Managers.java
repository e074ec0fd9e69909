package io.nearfar.spi;

import io.nearfar.jcache.NearfarCacheManager;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The open managers by class loader and URI. A class loader is held by the caches that are open under it, not by these
 * books: when its managers are closed, or have no caches, and nobody else holds it, it goes.
 */
final class Managers {
    private final Map<ClassLoader, Map<URI, NearfarCacheManager>> managers = new WeakHashMap<>();
    private final WeakReference<ClassLoader> application;

    /** Creates empty books of a provider made for the application of that class loader. */
    Managers(ClassLoader application) {
        this.application = new WeakReference<>(application);
        Applications.all().add(this);
    }

    /** Returns the class loader of the application, or null if it is gone. */
    @Nullable
    ClassLoader application() {
        return application.get();
    }

    /**
     * Returns the manager of these names if it is open, else what {@code opening} gives.
     *
     * @throws javax.cache.CacheException if the application has ended
     */
    synchronized NearfarCacheManager get(URI uri, ClassLoader loader, Supplier<NearfarCacheManager> opening) {
        mustRun(loader);
        Map<URI, NearfarCacheManager> ofLoader = managers.computeIfAbsent(loader, key -> new HashMap<>());
        NearfarCacheManager known = ofLoader.get(uri);
        if (known != null && !known.isClosed()) {
            return known;
        }
        NearfarCacheManager opened = opening.get();
        ofLoader.put(uri, opened);
        return opened;
    }

    /** Within the lock: what ends meanwhile finds in the books whatever is opened here. */
    private void mustRun(ClassLoader loader) {
        Applications.all().mustRun(loader);
        ClassLoader own = application();
        if (own != null) {
            Applications.all().mustRun(own);
        }
    }

    /** Takes a manager that is closed out of the books. */
    synchronized void forget(NearfarCacheManager manager) {
        managers.values().forEach(ofLoader -> ofLoader.remove(manager.getURI(), manager));
        managers.values().removeIf(Map::isEmpty);
    }

    void close() {
        closeAll(taken(loader -> true));
    }

    void close(ClassLoader loader) {
        closeAll(taken(loader::equals));
    }

    void close(URI uri, ClassLoader loader) {
        List<NearfarCacheManager> named = taken(loader::equals);
        named.removeIf(manager -> !manager.getURI().equals(uri));
        closeAll(named);
    }

    /**
     * Closes what an application that ends has opened: everything if the provider was made for it, else what is open under
     * its class loader or one below.
     */
    void closeFor(ClassLoader ending) {
        boolean all = Loaders.isBelow(application(), ending);
        closeAll(taken(loader -> all || Loaders.isBelow(loader, ending)));
    }

    private synchronized List<NearfarCacheManager> taken(Predicate<ClassLoader> wanted) {
        List<NearfarCacheManager> found = new ArrayList<>();
        managers.forEach((loader, ofLoader) -> {
            if (wanted.test(loader)) {
                found.addAll(ofLoader.values());
            }
        });
        return found;
    }

    /** Outside the lock: closing takes its time, and managers take themselves out of the books. */
    private static void closeAll(List<NearfarCacheManager> all) {
        all.forEach(NearfarCacheManager::close);
    }
}
