package io.nearfar.cdi;

import io.nearfar.NearfarManager;
import io.nearfar.RateLimiter;
import io.nearfar.cdi.cache.ApplicationManager;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Bean;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import javax.cache.CacheManager;
import javax.cache.spi.CachingProvider;

/** The beans {@code CachingProvider}, {@code CacheManager} and {@code RateLimiter}, added where the application has none of its own. */
final class ReplacedBeans {
    private final Set<Class<?>> own = new HashSet<>();

    /** Notes a bean of the application or of the server. */
    void add(Bean<?> bean) {
        if (bean.getQualifiers().contains(Default.Literal.INSTANCE)) {
            note(bean, CachingProvider.class);
            note(bean, CacheManager.class);
            note(bean, RateLimiter.class);
        }
    }

    /** Adds those beans that nobody else has. */
    void addBeans(AfterBeanDiscovery event, ApplicationManager manager, RateLimiter limiter) {
        add(event, CachingProvider.class, manager::provider);
        add(event, CacheManager.class, manager::manager, NearfarManager.class);
        add(event, RateLimiter.class, () -> limiter);
    }

    private void note(Bean<?> bean, Class<?> type) {
        if (bean.getTypes().contains(type)) {
            own.add(type);
        }
    }

    /**
     * Adds a bean, if the application has none of that type. It has the further types too: a container answers with its proxy where
     * a bean answers with itself, as a manager that is unwrapped does.
     */
    private <T> void add(
            AfterBeanDiscovery event, Class<T> type, Supplier<? extends T> source, Class<?>... furtherTypes) {
        if (!own.contains(type)) {
            event.<T>addBean()
                    .beanClass(ApplicationManager.class)
                    .id(ApplicationManager.class.getName() + " " + type.getName())
                    .types(type, Object.class)
                    .addTypes(furtherTypes)
                    .scope(ApplicationScoped.class)
                    .createWith(context -> source.get());
        }
    }
}
