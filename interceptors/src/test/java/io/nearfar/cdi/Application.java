package io.nearfar.cdi;

import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.jspecify.annotations.Nullable;

/** An application of a few beans in Weld SE, started for one test. */
final class Application implements AutoCloseable {
    private final SeContainer container;

    private Application(SeContainer container) {
        this.container = container;
    }

    static Application of(Class<?>... beans) {
        return new Application(initializer(beans).initialize());
    }

    /** Weld leaves service files unread when it discovers nothing, so that our extension is named here. */
    static SeContainerInitializer initializer(Class<?>... beans) {
        return SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new NearfarExtension())
                .addBeanClasses(beans);
    }

    <T> T bean(Class<T> type) {
        return container.select(type).get();
    }

    SeContainer container() {
        return container;
    }

    CacheManager manager() {
        return bean(CacheManager.class);
    }

    /** Returns the cache of that name, or null. */
    @Nullable
    Cache<Object, Object> cache(String name) {
        return manager().getCache(name);
    }

    @Override
    public void close() {
        container.close();
    }
}
