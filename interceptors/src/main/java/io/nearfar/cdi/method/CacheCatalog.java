package io.nearfar.cdi.method;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All annotated methods of an application. Safe for use by several threads. */
public final class CacheCatalog {
    private final Map<Class<?>, List<CacheMethod>> methods = new ConcurrentHashMap<>();
    private final Map<String, List<Type>> declared = new ConcurrentHashMap<>();

    /** Adds the methods of a bean's class, in place of those known before. */
    public void add(Class<?> beanClass, List<CacheMethod> ofBean) {
        methods.put(beanClass, List.copyOf(ofBean));
    }

    /** Adds types of keys and values that code puts into the cache of that name. */
    public void declare(String cacheName, List<Type> types) {
        declared.put(cacheName, List.copyOf(types));
    }

    /** Tells whether annotations put something into the cache of that name. */
    public boolean isFilledByAnnotations(String cacheName) {
        return methods().stream().anyMatch(method -> fills(method, cacheName));
    }

    private static boolean fills(CacheMethod method, String cacheName) {
        boolean holdsValues = method.fills() && method.cacheName().equals(cacheName);
        return holdsValues || method.members().exceptionCacheName().equals(cacheName);
    }

    /** Returns all methods, ordered by the name of the bean's class. */
    public List<CacheMethod> methods() {
        List<CacheMethod> all = new ArrayList<>();
        methods.keySet().stream()
                .sorted((one, other) -> one.getName().compareTo(other.getName()))
                .forEach(type -> all.addAll(methods.getOrDefault(type, List.of())));
        return all;
    }

    /**
     * Returns the annotated method that a call of {@code called} on an object of {@code targetClass} means, or null if
     * there is none; the class may be a proxy's and the method a bridge.
     */
    public @Nullable CacheMethod find(Class<?> targetClass, Method called) {
        Class<?> type = targetClass;
        while (type != null && !methods.containsKey(type)) {
            type = type.getSuperclass();
        }
        List<CacheMethod> ofBean = type == null ? List.of() : methods.getOrDefault(type, List.of());
        Method meant =
                CalledMethod.among(ofBean.stream().map(CacheMethod::method).toList(), called);
        return ofBean.stream()
                .filter(method -> method.method().equals(meant))
                .findFirst()
                .orElse(null);
    }

    /**
     * Returns all that annotations say of a call of {@code called} on an object of {@code targetClass}, outermost first:
     * whatever stands further back is done closer to the method.
     */
    public List<CacheMethod> findAll(Class<?> targetClass, Method called) {
        CacheMethod first = find(targetClass, called);
        return first == null
                ? List.of()
                : methods.getOrDefault(first.beanClass(), List.of()).stream()
                        .filter(method -> method.method().equals(first.method()))
                        .toList();
    }

    /** Returns the classes that the cache of that name will have to decode, as far as annotations and injection points tell. */
    public Collection<? extends Type> trusted(String cacheName) {
        TrustedTypes types = new TrustedTypes();
        types.addAll(declared.getOrDefault(cacheName, List.of()));
        for (CacheMethod method : methods()) {
            if (method.cacheName().equals(cacheName)) {
                types.addValues(method);
            }
            if (method.members().exceptionCacheName().equals(cacheName)) {
                types.addExceptions(method);
            }
        }
        return types.classes();
    }
}
