package io.nearfar.cdi.method;

import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a class says about the type variables of its supertypes: in {@code class Cities extends Store<Integer, City>} a
 * method of {@code Store<K, V>} that returns {@code V} returns {@code City}.
 */
public final class TypeVariables {
    private final Map<TypeVariable<?>, Type> meanings = new HashMap<>();

    /** Reads the variables of all supertypes of {@code type}. */
    public TypeVariables(Class<?> type) {
        learn(type);
    }

    /** Returns what {@code type} stands for if it is a variable with a known meaning, else {@code type}. */
    public Type resolve(Type type) {
        Type current = type;
        while (current instanceof TypeVariable<?> variable && meanings.containsKey(variable)) {
            current = meanings.get(variable);
        }
        return current;
    }

    /** Returns the class of {@code type}; of a variable without meaning, or a wildcard, that of its first bound. */
    public Class<?> raw(Type type) {
        Type resolved = resolve(type);
        if (resolved instanceof Class<?> plain) {
            return plain;
        }
        if (resolved instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        }
        if (resolved instanceof GenericArrayType array) {
            return Array.newInstance(raw(array.getGenericComponentType()), 0).getClass();
        }
        return raw(bound(resolved));
    }

    /** Returns the class of {@code type}, that of the wrapper for a primitive one. */
    public Class<?> boxed(Type type) {
        return MethodType.methodType(raw(type)).wrap().returnType();
    }

    /** Returns the type argument at {@code index}, or {@code Object} if {@code type} is raw. */
    public Type argument(Type type, int index) {
        if (resolve(type) instanceof ParameterizedType parameterized) {
            return resolve(parameterized.getActualTypeArguments()[index]);
        }
        return Object.class;
    }

    /**
     * Returns what a type says of the one type parameter of a generic supertype, such as what is in a collection;
     * {@code Object} if it does not say.
     */
    Type argument(Type type, Class<?> supertype) {
        Class<?> raw = raw(type);
        TypeVariable<?> wanted = supertype.getTypeParameters()[0];
        Type meaning = raw == supertype ? wanted : new TypeVariables(raw).resolve(wanted);
        int position = Arrays.asList(raw.getTypeParameters()).indexOf(meaning);
        if (position >= 0) {
            return argument(type, position);
        }
        return isOpen(meaning) ? Object.class : meaning;
    }

    /** Tells whether a type variable, of whatever class, stands in {@code type}. */
    static boolean isOpen(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            return Stream.of(parameterized.getActualTypeArguments()).anyMatch(TypeVariables::isOpen);
        } else if (type instanceof GenericArrayType array) {
            return isOpen(array.getGenericComponentType());
        } else if (type instanceof WildcardType wildcard) {
            return isOpen(wildcard.getUpperBounds()[0]);
        }
        return type instanceof TypeVariable<?>;
    }

    /** Returns {@code type} in words: equal words, equal types. */
    public String text(Type type) {
        Type resolved = resolve(type);
        if (resolved instanceof ParameterizedType parameterized) {
            return Stream.of(parameterized.getActualTypeArguments())
                    .map(this::text)
                    .collect(Collectors.joining(", ", raw(parameterized).getTypeName() + "<", ">"));
        }
        if (resolved instanceof GenericArrayType array) {
            return text(array.getGenericComponentType()) + "[]";
        }
        return resolved instanceof Class<?>
                ? resolved.getTypeName()
                : "? extends " + raw(bound(resolved)).getTypeName();
    }

    private static Type bound(Type open) {
        return open instanceof WildcardType wildcard
                ? wildcard.getUpperBounds()[0]
                : ((TypeVariable<?>) open).getBounds()[0];
    }

    private void learn(@Nullable Type type) {
        if (type instanceof ParameterizedType parameterized) {
            learnArguments(parameterized);
            learnSupertypes((Class<?>) parameterized.getRawType());
        } else if (type instanceof Class<?> plain) {
            learnSupertypes(plain);
        }
    }

    private void learnSupertypes(Class<?> type) {
        learn(type.getGenericSuperclass());
        Stream.of(type.getGenericInterfaces()).forEach(this::learn);
    }

    private void learnArguments(ParameterizedType parameterized) {
        TypeVariable<?>[] variables = ((Class<?>) parameterized.getRawType()).getTypeParameters();
        for (int i = 0; i < variables.length; i++) {
            meanings.putIfAbsent(variables[i], parameterized.getActualTypeArguments()[i]);
        }
    }
}
