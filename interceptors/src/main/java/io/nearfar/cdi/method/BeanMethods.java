package io.nearfar.cdi.method;

import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The methods that a call on a bean can reach: declared or inherited, not overridden, no bridges. */
public final class BeanMethods {
    private BeanMethods() {}

    /** Returns them in an order that is the same at every start. */
    public static List<AnnotatedMethod<?>> of(AnnotatedType<?> type) {
        return type.getMethods().stream()
                .filter(method -> isReachable(method.getJavaMember(), type.getJavaClass()))
                .<AnnotatedMethod<?>>map(method -> method)
                .sorted(Comparator.comparing(method -> method.getJavaMember().toString()))
                .toList();
    }

    /** Tells whether the container can put an interceptor around calls of {@code method} (Interceptors 2.1, section 2.6). */
    public static boolean isInterceptable(Method method, Class<?> beanClass) {
        int barriers = Modifier.PRIVATE | Modifier.STATIC | Modifier.FINAL;
        return (method.getModifiers() & barriers) == 0 && !Modifier.isFinal(beanClass.getModifiers());
    }

    /** Returns why no interceptor can be put around calls of {@code method}, as the end of a sentence about it. */
    public static String obstacle(Method method) {
        int modifiers = method.getModifiers();
        if (Modifier.isPrivate(modifiers)) {
            return "is private";
        }
        if (Modifier.isStatic(modifiers)) {
            return "is static";
        }
        return Modifier.isFinal(modifiers) ? "is final" : "belongs to a final class";
    }

    /** Returns all interfaces of {@code type}, those nearest to it first: its own, then those of its superclasses, and what they extend. */
    public static Set<Class<?>> interfaces(Class<?> type) {
        Set<Class<?>> found = new LinkedHashSet<>();
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            found.addAll(List.of(each.getInterfaces()));
        }
        List.copyOf(found).forEach(each -> found.addAll(interfaces(each)));
        return found;
    }

    private static boolean isReachable(Method method, Class<?> beanClass) {
        return !method.isSynthetic() && method.getDeclaringClass() != Object.class && !isOverridden(method, beanClass);
    }

    private static boolean isOverridden(Method method, Class<?> beanClass) {
        Class<?> declaring = method.getDeclaringClass();
        if (Modifier.isPrivate(method.getModifiers()) || Modifier.isStatic(method.getModifiers())) {
            return false;
        }
        Class<?> type = beanClass;
        while (type != null && type != declaring) {
            if (declaresOverride(type, method)) {
                return true;
            }
            type = type.getSuperclass();
        }
        return declaring.isInterface()
                && interfaces(beanClass).stream()
                        .filter(each -> each != declaring && declaring.isAssignableFrom(each))
                        .anyMatch(each -> declaresOverride(each, method));
    }

    private static boolean declaresOverride(Class<?> type, Method method) {
        return Arrays.stream(type.getDeclaredMethods()).anyMatch(other -> overrides(other, method));
    }

    private static boolean overrides(Method sub, Method overridden) {
        return sub.getName().equals(overridden.getName())
                && !Modifier.isPrivate(sub.getModifiers())
                && !Modifier.isStatic(sub.getModifiers())
                && Arrays.equals(sub.getParameterTypes(), overridden.getParameterTypes())
                && isVisible(overridden, sub.getDeclaringClass());
    }

    private static boolean isVisible(Method method, Class<?> from) {
        boolean isPackagePrivate = (method.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) == 0;
        return !isPackagePrivate || method.getDeclaringClass().getPackageName().equals(from.getPackageName());
    }
}
