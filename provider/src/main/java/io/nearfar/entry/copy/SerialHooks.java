package io.nearfar.entry.copy;

import java.io.Externalizable;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;

/** Finds out whether a class leaves its serialization to the default (Java Object Serialization Specification, 2 and 3). */
final class SerialHooks {
    private static final Set<String> HOOKS =
            Set.of("writeObject", "readObject", "readObjectNoData", "writeReplace", "readResolve");

    private SerialHooks() {}

    /** Tells whether objects of the class are serialized, and without a say of its own or of a superclass. */
    static boolean usesDefault(Class<?> type) {
        if (!Serializable.class.isAssignableFrom(type) || Externalizable.class.isAssignableFrom(type)) {
            return false;
        }
        for (Class<?> level = type; level != null && level != Object.class; level = level.getSuperclass()) {
            if (hasHook(level)) {
                return false;
            }
        }
        return true;
    }

    /** A method that only shares its name with a hook costs speed, nothing else. */
    private static boolean hasHook(Class<?> level) {
        return Arrays.stream(level.getDeclaredMethods()).map(Method::getName).anyMatch(HOOKS::contains)
                || Arrays.stream(level.getDeclaredFields())
                        .map(Field::getName)
                        .anyMatch("serialPersistentFields"::equals);
    }
}
