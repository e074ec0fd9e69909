package io.nearfar.spi;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import javax.cache.CacheException;

/**
 * The applications that a server has deployed, each known by its class loader, and the books of all providers. When an
 * application ends, whatever it has opened is closed, and nothing is opened for it any more. Holds nobody: an application
 * that is gone, and a provider that nobody uses, are forgotten. Safe for use by several threads.
 */
final class Applications {
    private static final Applications ALL = new Applications();

    private final Map<ClassLoader, Integer> running = new WeakHashMap<>();
    private final Set<ClassLoader> ended = Collections.newSetFromMap(new WeakHashMap<>());
    private final Set<Managers> books = Collections.newSetFromMap(new WeakHashMap<>());

    /** Returns those of this JVM, as far as this class is one. */
    static Applications all() {
        return ALL;
    }

    synchronized void add(Managers managers) {
        books.add(managers);
    }

    /** An application begins; several may share a class loader. */
    synchronized void begins(ClassLoader application) {
        ended.remove(application);
        running.merge(application, 1, Integer::sum);
    }

    /**
     * An application ends; if it is the last of its class loader, everything that was opened for it is closed. Where its
     * class loader is the program's, as in a program with a server inside, the program goes on, and what it has opened too.
     */
    void ends(ClassLoader application) {
        if (isLast(application) && !Loaders.isOfProgram(application)) {
            List<Managers> all = books();
            all.forEach(managers -> managers.closeFor(application));
            StandardBooks.forget(application);
            LastRecord.forget();
        }
    }

    private synchronized boolean isLast(ClassLoader application) {
        int left = running.getOrDefault(application, 1) - 1;
        if (left > 0) {
            running.put(application, left);
            return false;
        }
        running.remove(application);
        if (!Loaders.isOfProgram(application)) {
            ended.add(application);
        }
        return true;
    }

    private synchronized List<Managers> books() {
        return List.copyOf(books);
    }

    /**
     * Throws if the application of that class loader has ended.
     *
     * @throws CacheException if it has
     */
    synchronized void mustRun(ClassLoader loader) {
        if (ended.stream().anyMatch(application -> Loaders.isBelow(loader, application))) {
            throw new CacheException("The web application of class loader " + loader
                    + " has ended and its caches are closed; nothing can be opened for it any more");
        }
    }
}
