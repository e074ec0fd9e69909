package io.nearfar.cdi.method;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
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
            for (Method method : type.getMethods()) {
                if (method.getName().equals(candidate) && isGetter(method)) {
                    return readable(method);
                }
            }
        }
        return Arrays.stream(type.getFields())
                .filter(field -> field.getName().equals(name) && !Modifier.isStatic(field.getModifiers()))
                .findFirst()
                .map(Property::readable)
                .orElse(null);
    }

    private static boolean isGetter(Method method) {
        return method.getParameterCount() == 0
                && method.getReturnType() != void.class
                && !method.isBridge()
                && !Modifier.isStatic(method.getModifiers());
    }

    /** A public method of a class that is not public is read all the same, where its module allows that. */
    private static <M extends AccessibleObject & Member> Property readable(M member) {
        member.trySetAccessible();
        return new Property(member);
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
