package io.nearfar.cdi.web.response;

import io.nearfar.NearfarCache;
import io.nearfar.NearfarManager;
import io.nearfar.cdi.cache.ApplicationManager;
import io.nearfar.cdi.cache.GeneratedKey;
import jakarta.servlet.ServletContext;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * The caches in which one web application keeps its responses, each opened by the first request for it; others wait for that. One
 * that cannot be opened is tried again after half a minute. Safe for use by several threads.
 */
final class ResponseCaches {
    private static final String NAME = ResponseCaches.class.getName();
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(30);

    private final ApplicationManager manager;
    private final LongSupplier nanoTime;
    private final Map<String, NearfarCache<Object, Object>> opened = new ConcurrentHashMap<>();
    private final Map<String, Long> failed = new ConcurrentHashMap<>();

    private ResponseCaches(ClassLoader application, LongSupplier nanoTime) {
        this.manager = new ApplicationManager(application);
        this.nanoTime = nanoTime;
    }

    /** Returns those of a web application. */
    static ResponseCaches of(ServletContext context) {
        Object there = context.getAttribute(NAME);
        return there instanceof ResponseCaches caches ? caches : added(context);
    }

    private static ResponseCaches added(ServletContext context) {
        synchronized (ResponseCaches.class) {
            if (context.getAttribute(NAME) instanceof ResponseCaches caches) {
                return caches;
            }
            ResponseCaches caches = new ResponseCaches(context.getClassLoader(), System::nanoTime);
            context.setAttribute(NAME, caches);
            return caches;
        }
    }

    /**
     * Returns the cache of that name, open.
     *
     * @throws RuntimeException if it cannot be opened, or could not within the last half minute
     */
    NearfarCache<Object, Object> cache(String name) {
        NearfarCache<Object, Object> there = present(name);
        return there == null ? open(name) : there;
    }

    /** The one that beans have counts before, so that both see the same caches. */
    private NearfarManager manager() {
        NearfarManager ofBeans = hasCdi() ? BeanManagers.find() : null;
        return ofBeans == null ? manager.manager() : ofBeans;
    }

    private static boolean hasCdi() {
        try {
            Class.forName("jakarta.enterprise.inject.spi.CDI", false, ResponseCaches.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private @Nullable NearfarCache<Object, Object> present(String name) {
        NearfarCache<Object, Object> there = opened.get(name);
        return there == null || there.isClosed() ? null : there;
    }

    private synchronized NearfarCache<Object, Object> open(String name) {
        NearfarCache<Object, Object> there = present(name);
        if (there != null) {
            return there;
        }
        Long last = failed.get(name);
        if (last != null && nanoTime.getAsLong() - last < PAUSE) {
            throw new CacheException("The cache " + name + " could not be opened a moment ago; it is tried again");
        }
        try {
            NearfarCache<Object, Object> cache =
                    manager().cacheFromTemplate(name, Object.class, Object.class, Set.of(GeneratedKey.class));
            opened.put(name, cache);
            failed.remove(name);
            return cache;
        } catch (RuntimeException | LinkageError e) {
            failed.put(name, nanoTime.getAsLong());
            throw e instanceof RuntimeException known ? known : new CacheException("There is no provider of caches", e);
        }
    }
}
