package io.nearfar.cdi.web.response;

import io.nearfar.cdi.method.TypeVariables;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Cookie;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Parameter;
import java.math.BigInteger;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a resource's method as a request tells it, so that a tag reads {@code city:7} for {@code /cities/007} too,
 * which the method gets as the number 7.
 */
final class RequestArgument {
    private static final Map<Class<?>, Function<String, Object>> READERS = Map.of(
            String.class, text -> text,
            Boolean.class, Boolean::valueOf,
            Byte.class, Byte::valueOf,
            Short.class, Short::valueOf,
            Integer.class, Integer::valueOf,
            Long.class, Long::valueOf,
            Float.class, Float::valueOf,
            Double.class, Double::valueOf,
            BigInteger.class, BigInteger::new,
            UUID.class, UUID::fromString);

    private final Function<ContainerRequestContext, @Nullable String> source;
    private final Function<String, Object> reader;
    private final @Nullable Object otherwise;

    private RequestArgument(
            Function<ContainerRequestContext, @Nullable String> source,
            Function<String, Object> reader,
            @Nullable Object otherwise) {
        this.source = source;
        this.reader = reader;
        this.otherwise = otherwise;
    }

    /** Returns that of a parameter, which may be declared by a type variable; or null if a request does not tell it. */
    static @Nullable RequestArgument of(Parameter parameter, TypeVariables variables) {
        Class<?> type = variables.raw(parameter.getParameterizedType());
        Function<ContainerRequestContext, @Nullable String> source = source(parameter);
        Function<String, Object> reader = reader(type);
        if (source == null || reader == null) {
            return null;
        }
        DefaultValue value = parameter.getAnnotation(DefaultValue.class);
        return new RequestArgument(source, reader, value == null ? absent(type) : reader.apply(value.value()));
    }

    /** Likewise, and null too if the default of the parameter is none. */
    static @Nullable RequestArgument orNull(Parameter parameter, TypeVariables variables) {
        try {
            return of(parameter, variables);
        } catch (IllegalArgumentException badDefault) {
            return null;
        }
    }

    /**
     * Returns what a request says, or null if it says nothing.
     *
     * @throws IllegalArgumentException if it says what the parameter cannot be
     */
    @Nullable
    Object in(ContainerRequestContext context) {
        String text = source.apply(context);
        return text == null ? otherwise : reader.apply(text);
    }

    private static @Nullable Function<ContainerRequestContext, @Nullable String> source(Parameter parameter) {
        PathParam path = parameter.getAnnotation(PathParam.class);
        QueryParam query = parameter.getAnnotation(QueryParam.class);
        HeaderParam header = parameter.getAnnotation(HeaderParam.class);
        CookieParam cookie = parameter.getAnnotation(CookieParam.class);
        if (path != null) {
            return context -> context.getUriInfo().getPathParameters().getFirst(path.value());
        } else if (query != null) {
            return context -> context.getUriInfo().getQueryParameters().getFirst(query.value());
        } else if (header != null) {
            return context -> context.getHeaders().getFirst(header.value());
        }
        return cookie == null ? null : context -> cookie(context.getCookies().get(cookie.value()));
    }

    private static @Nullable String cookie(@Nullable Cookie cookie) {
        return cookie == null ? null : cookie.getValue();
    }

    private static @Nullable Function<String, Object> reader(Class<?> type) {
        return type.isEnum()
                ? text -> constant(type, text)
                : READERS.get(MethodType.methodType(type).wrap().returnType());
    }

    private static Object constant(Class<?> type, String name) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(type.getName() + " has no " + name);
    }

    /** Returns what JAX-RS calls a method with where a request says nothing. */
    private static @Nullable Object absent(Class<?> type) {
        return type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : null;
    }
}
