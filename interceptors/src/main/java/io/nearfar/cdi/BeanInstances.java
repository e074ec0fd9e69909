package io.nearfar.cdi;

import io.nearfar.cdi.cache.Instances;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import javax.cache.CacheException;

/** Objects of classes that annotations name: beans of the container, else made by their constructor. */
final class BeanInstances implements Instances {
    private final BeanManager manager;
    private final SeenBeans seen;

    BeanInstances(BeanManager manager, SeenBeans seen) {
        this.manager = manager;
        this.seen = seen;
    }

    @Override
    public <T> T of(Class<T> type) {
        Bean<?> bean = seen.find(type, manager);
        return bean == null ? create(type) : SeenBeans.reference(bean, type, manager);
    }

    /** Tells whether there is exactly one bean of that class. */
    boolean isBean(Class<?> type) {
        return seen.find(type, manager) != null;
    }

    private static <T> T create(Class<T> type) {
        try {
            Constructor<T> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (InvocationTargetException e) {
            throw new CacheException("The constructor of " + type.getName() + " failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new CacheException("There is no bean of " + type.getName() + " and no object of it can be made", e);
        }
    }
}
