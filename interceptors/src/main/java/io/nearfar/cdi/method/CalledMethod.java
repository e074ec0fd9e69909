package io.nearfar.cdi.method;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which method of a bean a call means: what is called may be a bridge, or the method of an interface. */
public final class CalledMethod {
    private CalledMethod() {}

    /** Returns the one of {@code methods} that a call of {@code called} means, or null. */
    public static @Nullable Method among(Collection<Method> methods, Method called) {
        return methods.contains(called) ? called : similar(methods, called);
    }

    private static @Nullable Method similar(Collection<Method> methods, Method called) {
        List<Method> similar = methods.stream()
                .filter(method -> implementsSignature(method, called))
                .distinct()
                .toList();
        return similar.size() == 1 ? similar.get(0) : exact(similar, called);
    }

    private static @Nullable Method exact(List<Method> methods, Method called) {
        return methods.stream()
                .filter(method -> Arrays.equals(method.getParameterTypes(), called.getParameterTypes()))
                .findFirst()
                .orElse(null);
    }

    private static boolean implementsSignature(Method method, Method called) {
        Class<?>[] own = method.getParameterTypes();
        Class<?>[] asked = called.getParameterTypes();
        boolean fits = method.getName().equals(called.getName()) && own.length == asked.length;
        for (int i = 0; fits && i < own.length; i++) {
            fits = asked[i].isAssignableFrom(own[i]);
        }
        return fits;
    }
}
