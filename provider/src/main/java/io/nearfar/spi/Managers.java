package io.nearfar.spi;

import io.nearfar.jcache.NearfarCacheManager;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The open managers by class loader and URI. A class loader is held by the caches that are open under it, not by these
 * books: when its managers are closed, or have no caches, and nobody else holds it, it goes.
 */
final class Managers {
    private final Map<ClassLoader, Map<URI, Asked>> managers = new WeakHashMap<>();
    private final ClassLoader own;
    private final WeakReference<ClassLoader> madeFor;

    /** Creates empty books of a provider whose class is of the loader {@code own}, made for the calling thread's application. */
    Managers(ClassLoader own) {
        this.own = own;
        this.madeFor = new WeakReference<>(Loaders.ofApplication(own));
        Applications.all().add(this);
    }

    /** An open manager and the class loader of who asked for it first. */
    private record Asked(NearfarCacheManager manager, WeakReference<ClassLoader> asker) {
        boolean isOver(ClassLoader loader) {
            return Applications.all().isOver(loader, asker.get());
        }
    }

    /**
     * Returns the class loader of the application that asks: of the one that the provider was made for, unless the calling
     * thread works for another that runs, as with a provider in a static field of a library that several share.
     */
    ClassLoader asker() {
        ClassLoader calling = Applications.all().running(Loaders.ofApplication(own));
        ClassLoader made = madeFor.get();
        if (calling != null && (made == null || !Loaders.isBelow(made, calling))) {
            return calling;
        }
        return made == null ? own : made;
    }

    /**
     * Returns the manager of these names if it is open, else what {@code opening} gives.
     *
     * @throws javax.cache.CacheException if the application has ended
     */
    synchronized NearfarCacheManager get(URI uri, ClassLoader loader, Supplier<NearfarCacheManager> opening) {
        ClassLoader asker = asker();
        Applications.all().mustRun(loader, asker); // within the lock: what ends meanwhile finds what is opened here
        Map<URI, Asked> ofLoader = managers.computeIfAbsent(loader, key -> new HashMap<>());
        Asked known = ofLoader.get(uri);
        if (known != null && !known.manager().isClosed()) {
            return known.manager();
        }
        NearfarCacheManager opened = opening.get();
        ofLoader.put(uri, new Asked(opened, new WeakReference<>(asker)));
        return opened;
    }

    /** Tells whether the application that asks has such a manager open. */
    synchronized boolean hasOpen(Predicate<NearfarCacheManager> wanted) {
        ClassLoader asker = asker();
        return managers.values().stream()
                .flatMap(ofLoader -> ofLoader.values().stream())
                .anyMatch(asked ->
                        asked.asker().get() == asker && !asked.manager().isClosed() && wanted.test(asked.manager()));
    }

    /** Takes a manager that is closed out of the books. */
    synchronized void forget(NearfarCacheManager manager) {
        managers.values().forEach(ofLoader -> ofLoader.values().removeIf(asked -> asked.manager() == manager));
        managers.values().removeIf(Map::isEmpty);
    }

    void close() {
        closeAll(taken((loader, asked) -> true));
    }

    void close(ClassLoader loader) {
        closeAll(taken((each, asked) -> each.equals(loader)));
    }

    void close(URI uri, ClassLoader loader) {
        closeAll(taken(
                (each, asked) -> each.equals(loader) && asked.manager().getURI().equals(uri)));
    }

    /** Closes what belongs to applications that have all ended. */
    void closeOver() {
        closeAll(taken((loader, asked) -> asked.isOver(loader)));
    }

    private synchronized List<NearfarCacheManager> taken(BiPredicate<ClassLoader, Asked> wanted) {
        List<NearfarCacheManager> found = new ArrayList<>();
        managers.forEach((loader, ofLoader) -> ofLoader.values().stream()
                .filter(asked -> wanted.test(loader, asked))
                .forEach(asked -> found.add(asked.manager())));
        return found;
    }

    /** Outside the lock: closing takes its time, and managers take themselves out of the books. */
    private static void closeAll(List<NearfarCacheManager> all) {
        all.forEach(NearfarCacheManager::close);
    }
}
