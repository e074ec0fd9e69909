package io.nearfar.spi;

import io.nearfar.jcache.NearfarCacheManager;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Supplier;

/**
 * The open managers by class loader and URI. A class loader is held by the caches that are open under it, not by these
 * books: when its managers are closed, or have no caches, and nobody else holds it, it goes.
 */
final class Managers {
    private final Map<ClassLoader, Map<URI, NearfarCacheManager>> managers = new WeakHashMap<>();

    /** Returns the manager of these names if it is open, else what {@code opening} gives. */
    synchronized NearfarCacheManager get(URI uri, ClassLoader loader, Supplier<NearfarCacheManager> opening) {
        Map<URI, NearfarCacheManager> ofLoader = managers.computeIfAbsent(loader, key -> new HashMap<>());
        NearfarCacheManager known = ofLoader.get(uri);
        if (known != null && !known.isClosed()) {
            return known;
        }
        NearfarCacheManager opened = opening.get();
        ofLoader.put(uri, opened);
        return opened;
    }

    /** Takes a manager that is closed out of the books. */
    synchronized void forget(NearfarCacheManager manager) {
        managers.values().forEach(ofLoader -> ofLoader.remove(manager.getURI(), manager));
        managers.values().removeIf(Map::isEmpty);
    }

    void close() {
        closeAll(taken(managers.keySet()));
    }

    void close(ClassLoader loader) {
        closeAll(taken(List.of(loader)));
    }

    void close(URI uri, ClassLoader loader) {
        List<NearfarCacheManager> named = taken(List.of(loader));
        named.removeIf(manager -> !manager.getURI().equals(uri));
        closeAll(named);
    }

    private synchronized List<NearfarCacheManager> taken(Collection<ClassLoader> loaders) {
        List<NearfarCacheManager> found = new ArrayList<>();
        for (ClassLoader loader : loaders) {
            found.addAll(managers.getOrDefault(loader, Map.of()).values());
        }
        return found;
    }

    /** Outside the lock: closing takes its time, and managers take themselves out of the books. */
    private static void closeAll(List<NearfarCacheManager> all) {
        all.forEach(NearfarCacheManager::close);
    }
}
