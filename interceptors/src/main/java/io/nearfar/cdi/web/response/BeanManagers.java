package io.nearfar.cdi.web.response;

import io.nearfar.NearfarManager;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import javax.cache.CacheManager;
import org.jspecify.annotations.Nullable;

/** Finds the manager of caches that beans have. Loaded only where CDI is there. */
final class BeanManagers {
    private BeanManagers() {}

    /** Returns that of the application in which the calling thread is, or null if it has none of ours. */
    static @Nullable NearfarManager find() {
        try {
            CDI<Object> beans = CDI.current();
            if (beans == null) { // as GlassFish answers where an application has none
                return null;
            }
            Instance<CacheManager> managers = beans.select(CacheManager.class);
            return managers.isResolvable() ? opened(managers.get()) : null;
        } catch (RuntimeException | LinkageError noneOfOurs) {
            return null;
        }
    }

    /** What beans have is a proxy of a container, whose methods return proxies. */
    private static NearfarManager opened(CacheManager manager) {
        return manager.getCachingProvider()
                .getCacheManager(manager.getURI(), manager.getClassLoader())
                .unwrap(NearfarManager.class);
    }
}
