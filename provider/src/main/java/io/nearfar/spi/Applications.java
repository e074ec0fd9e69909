package io.nearfar.spi;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * The applications that a server has deployed, each known by its class loader, and the books of all providers. When an
 * application ends, whatever it has opened is closed, and nothing is opened for it any more; what it shares with others, under
 * a class loader above them all, is closed with the last of them. Holds nobody: an application
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
    void begins(ClassLoader application) {
        count(application);
        StandardBooks.restore(application);
    }

    private synchronized void count(ClassLoader application) {
        ended.remove(application);
        running.merge(application, 1, Integer::sum);
    }

    /**
     * An application ends; if it is the last of its class loader, everything is closed that belongs to no application which
     * still runs. Where its class loader is the program's, as in a program with a server inside, the program goes on, and
     * what it has opened too.
     */
    void ends(ClassLoader application) {
        if (isLast(application)) {
            books().forEach(Managers::closeOver);
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

    /** Returns the running application that a class loader is of, or null if there is none. */
    synchronized @Nullable ClassLoader running(ClassLoader loader) {
        ClassLoader application = applicationOf(loader);
        return running.containsKey(application) ? application : null;
    }

    /** Tells whether an application runs whose class loader has {@code parent} among its parents. */
    synchronized boolean isShared(ClassLoader parent) {
        return running.keySet().stream().anyMatch(application -> Loaders.isBelow(application, parent));
    }

    /**
     * Tells whether what was opened under a class loader belongs to applications that have all ended: to the one that the
     * class loader is of; else, where it is a parent of running applications, to all of these; else to the one that asked.
     *
     * @param asker the class loader of who asked, or null if it is gone
     */
    synchronized boolean isOver(ClassLoader loader, @Nullable ClassLoader asker) {
        ClassLoader application = applicationOf(loader);
        if (application != null) {
            return ended.contains(application);
        }
        return !isShared(loader) && (asker == null || ended.contains(applicationOf(asker)));
    }

    /** Returns the nearest class loader, from {@code loader} upwards, of an application that runs or has ended. */
    private @Nullable ClassLoader applicationOf(ClassLoader loader) {
        ClassLoader each = loader;
        while (each != null && !running.containsKey(each) && !ended.contains(each)) {
            each = each.getParent();
        }
        return each;
    }

    /**
     * Throws if what would be opened belongs to an application that has ended, unless the calling thread is starting it anew:
     * other initializers may be called before the hook is.
     *
     * @throws CacheException if it has
     */
    synchronized void mustRun(ClassLoader loader, ClassLoader asker) {
        if (isOver(loader, asker) && Starting.isSeenByCaller()) {
            forgetEnd(Thread.currentThread().getContextClassLoader());
        }
        if (isOver(loader, asker)) {
            throw new CacheException("The web application of class loader " + loader
                    + " has ended and its caches are closed; nothing can be opened for it any more");
        }
    }

    /** A container has the context class loader be that of the application which it starts. */
    private void forgetEnd(@Nullable ClassLoader context) {
        ended.remove(context == null ? null : applicationOf(context));
    }
}
