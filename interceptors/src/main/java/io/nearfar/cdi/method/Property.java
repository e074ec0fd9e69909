package io.nearfar.cdi.method;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Something that can be read of an object: by a method without parameters, or as a public field. */
public final class Property {
    private final Member member;

    private Property(Member member) {
        this.member = member;
    }

    /** Returns the property of that name of the objects of {@code type}, or null if they have none. */
    public static @Nullable Property of(Class<?> type, String name) {
        String capital = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        for (String candidate : List.of(name, "get" + capital, "is" + capital)) {
            Method getter = getter(type, candidate);
            if (getter != null) {
                return new Property(readable(getter));
            }
        }
        return Arrays.stream(type.getFields())
                .filter(field -> field.getName().equals(name) && !Modifier.isStatic(field.getModifiers()))
                .findFirst()
                .map(field -> new Property(opened(field)))
                .orElse(null);
    }

    /** A bridge counts if there is nothing else: it makes a getter public that a superclass has which is not. */
    private static @Nullable Method getter(Class<?> type, String name) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals(name) && isGetter(method))
                .min(Comparator.comparing(Method::isBridge))
                .orElse(null);
    }

    private static boolean isGetter(Method method) {
        return method.getParameterCount() == 0
                && method.getReturnType() != void.class
                && !Modifier.isStatic(method.getModifiers());
    }

    /** Returns the method, or, where its class hides it, the one that it implements and that can be called. */
    private static Method readable(Method method) {
        if (isOpen(method)) {
            return method;
        }
        for (Class<?> type = method.getDeclaringClass(); type != null; type = type.getSuperclass()) {
            Method open = inherited(type, method.getName());
            if (open != null) {
                return open;
            }
        }
        return opened(method);
    }

    private static @Nullable Method inherited(Class<?> type, String name) {
        Stream<Class<?>> above =
                Stream.concat(Stream.ofNullable(type.getSuperclass()), Stream.of(type.getInterfaces()));
        return above.map(each -> getter(each, name))
                .filter(found -> found != null && isOpen(found))
                .findFirst()
                .orElse(null);
    }

    private static boolean isOpen(Method method) {
        Class<?> owner = method.getDeclaringClass();
        return Modifier.isPublic(owner.getModifiers())
                && owner.getModule().isExported(owner.getPackageName(), Property.class.getModule());
    }

    /** A public method of a class that is not public is read all the same, where its module allows that. */
    private static <M extends AccessibleObject> M opened(M member) {
        member.trySetAccessible();
        return member;
    }

    /** Returns its declared type. */
    Type type() {
        return member instanceof Method method ? method.getGenericReturnType() : ((Field) member).getGenericType();
    }

    /**
     * Returns what it is for {@code owner}.
     *
     * @throws IllegalStateException if it cannot be read
     */
    public @Nullable Object get(Object owner) {
        try {
            return member instanceof Method method ? method.invoke(owner) : ((Field) member).get(owner);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(member + " failed", e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(
                    member + " cannot be read: make its class public, or open its package to io.nearfar", e);
        }
    }
}
