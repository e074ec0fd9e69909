package io.nearfar.entry.copy;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Makes objects the way deserialization does: by the no-argument constructor of the first superclass that is not
 * serializable, none of the class's own. The JDK offers this to serialization libraries in its module jdk.unsupported;
 * without that module nothing is made.
 */
final class BlankObjects {
    private static final @Nullable Object FACTORY = factory();

    private BlankObjects() {}

    /** Returns a constructor of blank objects of a serializable class, or null if there is none. */
    static @Nullable Constructor<?> constructor(Class<?> type) {
        if (FACTORY == null) {
            return null;
        }
        try {
            Method method = FACTORY.getClass().getMethod("newConstructorForSerialization", Class.class);
            return (Constructor<?>) method.invoke(FACTORY, type);
        } catch (ReflectiveOperationException notHere) {
            return null;
        }
    }

    private static @Nullable Object factory() {
        try {
            return Class.forName("sun.reflect.ReflectionFactory")
                    .getMethod("getReflectionFactory")
                    .invoke(null);
        } catch (ReflectiveOperationException noSuchModule) {
            return null;
        }
    }
}
