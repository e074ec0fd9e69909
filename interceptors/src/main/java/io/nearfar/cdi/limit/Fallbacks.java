package io.nearfar.cdi.limit;

import io.nearfar.cdi.method.BeanMethods;
import io.nearfar.cdi.method.TypeVariables;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The methods of a bean that can answer in the place of one of its methods. */
final class Fallbacks {
    private final Class<?> beanClass;
    private final Method method;
    private final TypeVariables variables;

    Fallbacks(Class<?> beanClass, Method method) {
        this.beanClass = beanClass;
        this.method = method;
        this.variables = new TypeVariables(beanClass);
    }

    /**
     * Returns the method of that name with the same parameters and a result that fits, of the bean's class, the nearest of its
     * superclasses, or else of its interfaces, which may have it as a default method; null if there is none. It can be called.
     */
    @Nullable
    Method find(String name) {
        List<Class<?>> types = new ArrayList<>();
        for (Class<?> type = beanClass; type != null && type != Object.class; type = type.getSuperclass()) {
            types.add(type);
        }
        types.addAll(BeanMethods.interfaces(beanClass));
        return types.stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(candidate -> candidate.getName().equals(name) && !candidate.isSynthetic())
                .filter(candidate -> fits(candidate) && candidate.trySetAccessible())
                .findFirst()
                .orElse(null);
    }

    private boolean fits(Method candidate) {
        return !candidate.equals(method)
                && classes(candidate.getGenericParameterTypes()).equals(classes(method.getGenericParameterTypes()))
                && answers(candidate);
    }

    private boolean answers(Method candidate) {
        Class<?> wanted = variables.boxed(method.getGenericReturnType());
        return wanted == Void.class || wanted.isAssignableFrom(variables.boxed(candidate.getGenericReturnType()));
    }

    private List<? extends Class<?>> classes(Type[] parameters) {
        return Arrays.stream(parameters).map(variables::raw).toList();
    }
}
