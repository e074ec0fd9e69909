package io.nearfar.cdi;

import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The beans of an application, whichever of its archives has them. A container need not show those of a web application's own
 * classes to a library in it that asks for them by type, and Payara does not; but it tells every extension of each.
 */
final class SeenBeans {
    private final Set<Bean<?>> beans = new LinkedHashSet<>();

    /** Notes a bean that the container tells of. */
    void add(Bean<?> bean) {
        beans.add(bean);
    }

    /** Returns the bean of a type that the container would inject where nothing else is said; null if there is not exactly one. */
    @Nullable
    Bean<?> find(Class<?> type, BeanManager manager) {
        Set<Bean<?>> found = of(type).filter(SeenBeans::isDefault).collect(Collectors.toSet());
        try {
            return found.isEmpty() ? null : manager.resolve(found);
        } catch (AmbiguousResolutionException several) {
            return null;
        }
    }

    /** Tells whether there is any that is injected where nothing else is said. */
    boolean has(Class<?> type) {
        return of(type).anyMatch(SeenBeans::isDefault);
    }

    /** Returns what all beans of a type stand for, whatever their qualifiers are. */
    <T> List<T> all(Class<T> type, BeanManager manager) {
        return of(type).map(bean -> reference(bean, type, manager)).toList();
    }

    static <T> T reference(Bean<?> bean, Class<T> type, BeanManager manager) {
        return type.cast(manager.getReference(bean, type, manager.createCreationalContext(bean)));
    }

    private static boolean isDefault(Bean<?> bean) {
        return bean.getQualifiers().contains(Default.Literal.INSTANCE);
    }

    private Stream<Bean<?>> of(Class<?> type) {
        return beans.stream().filter(bean -> bean.getTypes().contains(type));
    }
}
