package io.nearfar.cdi.limit;

import io.nearfar.cdi.method.CalledMethod;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All limited methods of an application. Safe for use by several threads. */
public final class LimitCatalog {
    private final Map<Class<?>, List<LimitedMethod>> methods = new ConcurrentHashMap<>();

    /** Adds the methods of a bean's class, in place of those known before. */
    public void add(Class<?> beanClass, List<LimitedMethod> ofBean) {
        methods.put(beanClass, List.copyOf(ofBean));
    }

    /** Returns all methods, ordered by the name of the bean's class. */
    public List<LimitedMethod> methods() {
        return methods.entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().getName()))
                .flatMap(entry -> entry.getValue().stream())
                .toList();
    }

    /**
     * Returns the limited method that a call of {@code called} on an object of {@code targetClass} means, or null if there is
     * none; the class may be a proxy's and the method a bridge.
     */
    @Nullable
    LimitedMethod find(Class<?> targetClass, Method called) {
        Class<?> type = beanClass(targetClass);
        List<LimitedMethod> ofBean = type == null ? List.of() : methods.getOrDefault(type, List.of());
        Method meant =
                CalledMethod.among(ofBean.stream().map(LimitedMethod::method).toList(), called);
        return ofBean.stream()
                .filter(method -> method.method().equals(meant))
                .findFirst()
                .orElse(null);
    }

    /** Tells whether {@code targetClass} is that of a bean with limits, or a proxy's. */
    boolean contains(Class<?> targetClass) {
        return beanClass(targetClass) != null;
    }

    private @Nullable Class<?> beanClass(Class<?> targetClass) {
        Class<?> type = targetClass;
        while (type != null && !methods.containsKey(type)) {
            type = type.getSuperclass();
        }
        return type;
    }
}
