package io.nearfar.entry.copy;

import io.nearfar.entry.codec.CompactForm;
import io.nearfar.entry.codec.PlatformClasses;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/** Decides how objects of a class are copied. */
final class Plans {
    private Plans() {}

    /** Returns the plan of a class; {@code admission} is told of the application's classes that serialization names. */
    static Plan of(Class<?> type, Consumer<Class<?>> admission) {
        if (isFixed(type)) {
            return Plan.FIXED;
        }
        if (Enum.class.isAssignableFrom(type)) {
            admission.accept(type.isEnum() ? type : type.getSuperclass());
            return Plan.FIXED;
        }
        if (type.isArray()) {
            admission.accept(type);
            return new ArrayPlan(type.getComponentType());
        }
        return PlatformClasses.owns(type) ? JdkPlans.of(type) : ofApplication(type, admission);
    }

    /** Tells whether a field of that type holds what can be shared, whatever it is. */
    static boolean isFixed(Class<?> type) {
        return type.isPrimitive() || (CompactForm.has(type) && type != byte[].class && isFinal(type));
    }

    /** Big numbers may be extended, and a field of their type hold anything; all others may not. */
    private static boolean isFinal(Class<?> type) {
        return java.lang.reflect.Modifier.isFinal(type.getModifiers());
    }

    private static Plan ofApplication(Class<?> type, Consumer<Class<?>> admission) {
        if (type.isHidden() || Proxy.isProxyClass(type) || !SerialHooks.usesDefault(type)) {
            return Plan.BY_BYTES;
        }
        for (Class<?> level = type; isSerializable(level); level = level.getSuperclass()) {
            admission.accept(level);
        }
        return type.isRecord() ? RecordPlan.of(type) : FieldsPlan.of(type);
    }

    private static boolean isSerializable(@org.jspecify.annotations.Nullable Class<?> level) {
        return level != null && Serializable.class.isAssignableFrom(level);
    }
}
