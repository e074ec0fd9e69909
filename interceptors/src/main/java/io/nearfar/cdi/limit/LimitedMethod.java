package io.nearfar.cdi.limit;

import io.nearfar.cdi.method.DefaultCacheName;
import java.lang.reflect.Method;
import java.util.List;

/**
 * A method of a bean with all limits that hold for it.
 *
 * @param beanClass the class of the bean, which may inherit the method
 * @param method the method as declared
 * @param limits those at the method, then those at the class; at least one
 */
public record LimitedMethod(Class<?> beanClass, Method method, List<MethodLimit> limits) {
    /** Returns the method as it is named in messages. */
    @Override
    public String toString() {
        String inherited = method.getDeclaringClass() == beanClass ? "" : " of " + beanClass.getName();
        return DefaultCacheName.of(method) + inherited;
    }
}
