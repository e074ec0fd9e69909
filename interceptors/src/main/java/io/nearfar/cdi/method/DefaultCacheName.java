package io.nearfar.cdi.method;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The name of a cache whose annotations give none (JSR-107, {@code CacheMethodDetails.getCacheName}). */
public final class DefaultCacheName {
    private DefaultCacheName() {}

    /**
     * Returns {@code package.Class.method(package.Parameter,…)} with the class that declares the method and the declared
     * types of its parameters, never those of a proxy or of arguments.
     */
    public static String of(Method method) {
        String parameters =
                Arrays.stream(method.getParameterTypes()).map(Class::getName).collect(Collectors.joining(","));
        return method.getDeclaringClass().getName() + "." + method.getName() + "(" + parameters + ")";
    }
}
