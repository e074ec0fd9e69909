package io.nearfar.entry.codec;

import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Collects the names of types, of their type arguments, and of what objects of them hold in their fields. */
final class TypeClosure {
    /** A net of types wider than this is cut off: the rest must be allowed by name. */
    private static final int MOST = 2_000;

    private final Set<Type> seen = new HashSet<>();
    private final Set<String> names = new HashSet<>();

    private TypeClosure() {}

    /** Returns the class names reached from {@code types}. No class is initialized. */
    static Set<String> of(Collection<? extends Type> types) {
        TypeClosure closure = new TypeClosure();
        types.forEach(closure::add);
        return Set.copyOf(closure.names);
    }

    private void add(Type type) {
        if (seen.size() >= MOST || !seen.add(type)) {
            return;
        }
        if (type instanceof Class<?> known) {
            addClass(known);
        } else if (type instanceof ParameterizedType generic) {
            add(generic.getRawType());
            addAll(generic.getActualTypeArguments());
        } else if (type instanceof GenericArrayType array) {
            add(array.getGenericComponentType());
        } else if (type instanceof WildcardType wildcard) {
            addAll(wildcard.getUpperBounds());
        } else if (type instanceof TypeVariable<?> variable) {
            addAll(variable.getBounds());
        }
    }

    private void addAll(Type... types) {
        for (Type type : types) {
            add(type);
        }
    }

    private void addClass(Class<?> type) {
        if (type.isArray()) {
            add(type.getComponentType());
        } else if (type != Object.class && !type.isPrimitive()) {
            names.add(type.getName());
            if (!JdkTypes.isPlatform(type.getName())) {
                addRelations(type);
            }
        }
    }

    private void addRelations(Class<?> type) {
        if (type.getGenericSuperclass() != null) {
            add(type.getGenericSuperclass());
        }
        if (type.isSealed()) {
            addAll(type.getPermittedSubclasses());
        }
        if (Serializable.class.isAssignableFrom(type) && !type.isEnum()) {
            addFields(type);
        }
    }

    private void addFields(Class<?> type) {
        for (Field field : type.getDeclaredFields()) {
            if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0) {
                add(field.getGenericType());
            }
        }
    }
}
