package io.nearfar.entry.codec.kryo;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import java.io.Externalizable;
import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.util.Set;
import java.util.stream.Stream;

/** Decides how objects of a class are written. Nothing of the class is run for it. */
final class Forms {
    private static final Set<String> HOOKS =
            Set.of("writeObject", "readObject", "readObjectNoData", "writeReplace", "readResolve");

    private final Surroundings surroundings;

    Forms(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    Serializer<?> of(Class<?> type) {
        if (surroundings.hasCompactForm(type)) {
            return new CompactForm(surroundings);
        }
        if (type.isArray()) {
            return type.getComponentType().isPrimitive() ? new PrimitivesForm() : new ArrayForm();
        }
        if (Enum.class.isAssignableFrom(type)) {
            return new EnumForm();
        }
        if (CollectionForm.has(type)) {
            return new CollectionForm();
        }
        if (MapForm.has(type)) {
            return new MapForm();
        }
        return isSerialized(type) ? serialized(type) : byParts(type);
    }

    private static Serializer<?> byParts(Class<?> type) {
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers()) || type.isPrimitive()) {
            throw new KryoException(type.getName() + " has no objects of its own");
        }
        return type.isRecord() ? new RecordForm(type) : new FieldsForm(type);
    }

    private Serializer<?> serialized(Class<?> type) {
        if (!Serializable.class.isAssignableFrom(type)) {
            throw new KryoException(type.getName() + " is of the JDK, or extends a class of it, whose fields are not"
                    + " open, and it is not Serializable");
        }
        return new SerializedForm(surroundings);
    }

    /** The fields of the JDK's classes are closed, and who has a say in its serialization is asked. */
    private static boolean isSerialized(Class<?> type) {
        boolean hasSay = Serializable.class.isAssignableFrom(type)
                && !type.isRecord()
                && (Externalizable.class.isAssignableFrom(type) || levels(type).anyMatch(Forms::hasHook));
        return hasSay || levels(type).anyMatch(Forms::isPlatform);
    }

    private static Stream<Class<?>> levels(Class<?> type) {
        return Stream.<Class<?>>iterate(
                type, level -> level != null && level != Object.class && level != Record.class, Class::getSuperclass);
    }

    private static boolean hasHook(Class<?> level) {
        return Stream.of(level.getDeclaredMethods()).anyMatch(method -> HOOKS.contains(method.getName()));
    }

    private static boolean isPlatform(Class<?> level) {
        ClassLoader loader = level.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }
}
