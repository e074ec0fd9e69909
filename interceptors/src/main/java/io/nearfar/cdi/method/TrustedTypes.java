package io.nearfar.cdi.method;

import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The classes that stand in signatures of annotated methods, with their type arguments, and those of their fields: what
 * a cache filled by these methods will have to decode.
 */
final class TrustedTypes {
    private static final Logger LOG = LoggerFactory.getLogger(TrustedTypes.class);

    private final Set<Class<?>> classes = new LinkedHashSet<>();

    /** Adds what {@code method} puts into its cache: keys and values. */
    void addValues(CacheMethod method) {
        TypeVariables variables = new TypeVariables(method.beanClass());
        method.parameters().keys().forEach(parameter -> add(parameter.type(), variables));
        add(method.valueType(), variables);
    }

    /** Adds what {@code method} puts into its cache of exceptions. */
    void addExceptions(CacheMethod method) {
        TypeVariables variables = new TypeVariables(method.beanClass());
        method.parameters().keys().forEach(parameter -> add(parameter.type(), variables));
        for (Class<?> declared : method.method().getExceptionTypes()) {
            add(declared, variables);
        }
        method.members().exceptions().included().forEach(type -> add(type, variables));
        add(Throwable.class, variables);
    }

    /** Adds types that stand in no signature of a method. */
    void addAll(List<Type> types) {
        TypeVariables variables = new TypeVariables(Object.class);
        types.forEach(type -> add(type, variables));
    }

    /** Returns the classes. */
    Set<Class<?>> classes() {
        return classes;
    }

    private void add(Type type, TypeVariables variables) {
        Type resolved = variables.resolve(type);
        if (resolved instanceof ParameterizedType parameterized) {
            for (Type argument : parameterized.getActualTypeArguments()) {
                add(argument, variables);
            }
        } else if (resolved instanceof GenericArrayType array) {
            add(array.getGenericComponentType(), variables);
        }
        addClass(variables.raw(resolved), variables);
    }

    private void addClass(Class<?> type, TypeVariables variables) {
        if (type.isArray()) {
            addClass(type.getComponentType(), variables);
        } else if (!type.isPrimitive() && type != Object.class && classes.add(type) && !isOfPlatform(type)) {
            addParts(type, variables);
        }
    }

    private void addParts(Class<?> type, TypeVariables variables) {
        try {
            addFields(type, variables);
            if (type.getGenericSuperclass() != null) {
                add(type.getGenericSuperclass(), variables);
            }
            if (type.isSealed()) {
                for (Class<?> permitted : type.getPermittedSubclasses()) {
                    addClass(permitted, variables);
                }
            }
        } catch (LinkageError | TypeNotPresentException e) {
            LOG.debug("NF0860 {} names a class that is not there; its further parts are not known in advance", type, e);
        }
    }

    private void addFields(Class<?> type, TypeVariables variables) {
        for (Field field : type.getDeclaredFields()) {
            if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0) {
                add(field.getGenericType(), variables);
            }
        }
    }

    private static boolean isOfPlatform(Class<?> type) {
        String name = type.getName();
        return name.startsWith("java.") || name.startsWith("javax.") || name.startsWith("jakarta.");
    }
}
