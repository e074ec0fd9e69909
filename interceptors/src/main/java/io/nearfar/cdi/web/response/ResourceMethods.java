package io.nearfar.cdi.web.response;

import io.nearfar.cdi.annotation.CachedResponse;
import io.nearfar.cdi.method.TypeVariables;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What stands at the method of a resource: its class may be a proxy's, and JAX-RS has annotations inherited from superclasses
 * and interfaces, all of them or none (Jakarta RESTful Web Services 3.1, section 3.6).
 */
final class ResourceMethods {
    private static final String JAX_RS = "jakarta.ws.rs.";

    private ResourceMethods() {}

    /** Returns the nearest declaration of a method that has {@code @CachedResponse}, or null. */
    static @Nullable Method cached(Class<?> type, Method method) {
        return first(type, method, each -> each.isAnnotationPresent(CachedResponse.class));
    }

    /** Returns the declaration of a method that JAX-RS goes by: the nearest one with any of its annotations; or null. */
    static @Nullable Method declared(Class<?> type, Method method) {
        return first(type, method, ResourceMethods::hasAnnotations);
    }

    /** Tells whether a method answers GET. */
    static boolean answersGet(Class<?> type, Method method) {
        Method declared = declared(type, method);
        return declared != null && declared.isAnnotationPresent(GET.class);
    }

    /** Returns the one media type that a method produces, or null if that depends on what a client accepts. */
    static @Nullable String produced(Class<?> type, Method method) {
        Method declared = declared(type, method);
        Produces produces = declared == null ? null : declared.getAnnotation(Produces.class);
        for (Class<?> each : supertypes(type)) {
            produces = produces == null ? each.getDeclaredAnnotation(Produces.class) : produces;
        }
        String types = produces == null ? "" : String.join(",", produces.value());
        return types.isBlank() || types.contains(",") || types.contains("*") ? null : types.strip();
    }

    private static @Nullable Method first(Class<?> type, Method method, Predicate<Method> wanted) {
        TypeVariables variables = new TypeVariables(written(type));
        List<? extends Class<?>> parameters = parameters(method, variables);
        return supertypes(type).stream()
                .flatMap(each -> Arrays.stream(each.getDeclaredMethods()))
                .filter(each -> each.getName().equals(method.getName()))
                .filter(each -> Arrays.equals(each.getParameterTypes(), method.getParameterTypes())
                        || parameters(each, variables).equals(parameters))
                .filter(wanted)
                .findFirst()
                .orElse(null);
    }

    /** What a generic supertype declares by type variables is the same parameter as the class that says what they are. */
    private static List<? extends Class<?>> parameters(Method method, TypeVariables variables) {
        return Arrays.stream(method.getGenericParameterTypes())
                .map(variables::raw)
                .toList();
    }

    private static boolean hasAnnotations(Method method) {
        return Stream.concat(
                        Arrays.stream(method.getAnnotations()),
                        Arrays.stream(method.getParameterAnnotations()).flatMap(Arrays::stream))
                .map(Annotation::annotationType)
                .anyMatch(annotation -> annotation.getName().startsWith(JAX_RS));
    }

    /** Returns the class that a person has written: proxies copy annotations, but no names of parameters. */
    static Class<?> written(Class<?> type) {
        Class<?> written = type;
        while ((written.isSynthetic() || written.getName().contains("$$")) && written.getSuperclass() != null) {
            written = written.getSuperclass();
        }
        return written == Object.class ? type : written;
    }

    /** Returns a class, its superclasses, then all their interfaces. */
    private static Set<Class<?>> supertypes(Class<?> type) {
        Set<Class<?>> types = new LinkedHashSet<>();
        for (Class<?> each = written(type); each != null && each != Object.class; each = each.getSuperclass()) {
            types.add(each);
        }
        List.copyOf(types).forEach(each -> addInterfaces(each, types));
        return types;
    }

    private static void addInterfaces(Class<?> type, Set<Class<?>> types) {
        List<Class<?>> interfaces = new ArrayList<>(Arrays.asList(type.getInterfaces()));
        types.addAll(interfaces);
        interfaces.forEach(each -> addInterfaces(each, types));
    }
}
