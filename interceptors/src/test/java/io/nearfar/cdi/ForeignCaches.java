package io.nearfar.cdi;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.cache.Cache;

/** Caches that are none of ours, as a resolver of the application may choose them. */
final class ForeignCaches {
    private ForeignCaches() {}

    /** Returns a cache over {@code entries}, which knows the few operations that annotations use. */
    static <K, V> Cache<K, V> over(Map<Object, Object> entries) {
        return cache((proxy, method, arguments) -> switch (method.getName()) {
            case "get" -> entries.get(arguments[0]);
            case "put" -> {
                entries.put(arguments[0], arguments[1]);
                yield null;
            }
            case "remove" -> entries.remove(arguments[0]) != null;
            case "removeAll", "clear" -> {
                entries.clear();
                yield null;
            }
            case "getName" -> "foreign";
            case "unwrap" -> throw new IllegalArgumentException("no " + arguments[0]);
            default -> throw new UnsupportedOperationException(method.toString());
        });
    }

    /** Returns a cache whose every operation fails. */
    static <K, V> Cache<K, V> broken() {
        return cache((proxy, method, arguments) -> {
            if (method.getName().equals("unwrap")) {
                throw new IllegalArgumentException("no " + arguments[0]);
            }
            throw new IllegalStateException("broken");
        });
    }

    @SuppressWarnings("unchecked") // the proxy has the types of whoever asks
    private static <K, V> Cache<K, V> cache(InvocationHandler handler) {
        return (Cache<K, V>)
                Proxy.newProxyInstance(ForeignCaches.class.getClassLoader(), new Class<?>[] {Cache.class}, handler);
    }

    /** Returns an empty map. */
    static Map<Object, Object> entries() {
        return new ConcurrentHashMap<>();
    }
}
