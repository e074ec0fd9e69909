package io.nearfar.cdi;

import io.nearfar.NearfarCache;
import io.nearfar.cdi.method.TypeVariables;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/** A cache that beans have injected by name, with what their injection points say of its types. */
final class InjectedCache {
    private static final TypeVariables NO_VARIABLES = new TypeVariables(Object.class);

    private final String name;
    private final Set<Type> rawTypes = new LinkedHashSet<>();
    private @Nullable Type key;
    private @Nullable Type value;
    private @Nullable InjectionPoint first;

    InjectedCache(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Returns the type of the keys, {@code Object} if no injection point says it. */
    Type key() {
        return key == null ? Object.class : key;
    }

    /** Returns the type of the values, {@code Object} if no injection point says it. */
    Type value() {
        return value == null ? Object.class : value;
    }

    /** Adds what an injection point says; returns the point that says otherwise, or null if they agree. */
    @Nullable
    InjectionPoint add(InjectionPoint point, Type type) {
        if (!(type instanceof ParameterizedType parameterized)) {
            rawTypes.add(type);
            return null;
        }
        Type newKey = said(parameterized.getActualTypeArguments()[0]);
        Type newValue = said(parameterized.getActualTypeArguments()[1]);
        if (differ(key, newKey) || differ(value, newValue)) {
            return first;
        }
        key = key == null ? newKey : key;
        value = value == null ? newValue : value;
        first = first == null ? point : first;
        return null;
    }

    /** Returns the types of the bean. */
    Set<Type> types() {
        Set<Type> types = new LinkedHashSet<>(rawTypes);
        types.add(Object.class);
        types.add(new CacheType(Cache.class, key(), value()));
        types.add(new CacheType(NearfarCache.class, key(), value()));
        return types;
    }

    Class<?> keyClass() {
        return NO_VARIABLES.raw(key());
    }

    Class<?> valueClass() {
        return NO_VARIABLES.raw(value());
    }

    private static @Nullable Type said(Type argument) {
        return argument instanceof WildcardType ? null : argument;
    }

    private static boolean differ(@Nullable Type known, @Nullable Type other) {
        return known != null && other != null && !NO_VARIABLES.text(known).equals(NO_VARIABLES.text(other));
    }

    /** The type {@code Cache<K, V>} of a bean. */
    record CacheType(Class<?> raw, Type key, Type value) implements ParameterizedType {
        @Override
        public Type[] getActualTypeArguments() {
            return new Type[] {key, value};
        }

        @Override
        public Type getRawType() {
            return raw;
        }

        @Override
        public @Nullable Type getOwnerType() {
            return null;
        }

        @Override
        public String toString() {
            return raw.getName() + "<" + key.getTypeName() + ", " + value.getTypeName() + ">";
        }
    }
}
