package io.nearfar.cdi;

import io.nearfar.cdi.cache.Instances;
import jakarta.enterprise.inject.Instance;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import javax.cache.CacheException;

/** Objects of classes that annotations name: beans of the container, else made by their constructor. */
final class BeanInstances implements Instances {
    private final Instance<Object> beans;

    BeanInstances(Instance<Object> beans) {
        this.beans = beans;
    }

    @Override
    public <T> T of(Class<T> type) {
        Instance<T> bean = beans.select(type);
        return bean.isResolvable() ? bean.get() : create(type);
    }

    /** Tells whether there is exactly one bean of that class. */
    boolean isBean(Class<?> type) {
        return beans.select(type).isResolvable();
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
