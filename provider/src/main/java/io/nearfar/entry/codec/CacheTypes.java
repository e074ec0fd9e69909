package io.nearfar.entry.codec;

import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;

/**
 * What is known of the types of a cache's keys or values.
 *
 * @param declared the declared type; Object if it is not declared
 * @param further other types that the application names: the counterpart's declared type, the return and parameter types
 *     of annotated methods
 * @param loader the class loader of the cache manager, by which names become classes
 */
public record CacheTypes(Class<?> declared, Collection<? extends Type> further, ClassLoader loader) {
    /** Returns the types of a cache that declares one type and of which nothing else is known. */
    public static CacheTypes of(Class<?> declared, ClassLoader loader) {
        return new CacheTypes(declared, List.of(), loader);
    }

    /** Takes a copy of the collection. */
    public CacheTypes {
        further = List.copyOf(further);
    }

    boolean isDeclared() {
        return declared != Object.class;
    }
}
