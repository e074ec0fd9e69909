package io.nearfar.entry.codec.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Stream;

/** Records by their components, made by the constructor that every record has. */
final class RecordForm extends Serializer<Object> {
    private final Class<?> type;
    private final List<String> names;
    private final Method[] accessors;
    private final Object[] initial;
    private final Constructor<?> constructor;

    RecordForm(Class<?> type) {
        this.type = type;
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] kinds = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        this.names = Stream.of(components).map(RecordComponent::getName).toList();
        this.accessors = Stream.of(components).map(RecordComponent::getAccessor).toArray(Method[]::new);
        this.initial = Stream.of(kinds)
                .map(kind -> kind.isPrimitive() ? Array.get(Array.newInstance(kind, 1), 0) : null)
                .toArray();
        try {
            this.constructor = type.getDeclaredConstructor(kinds);
            constructor.setAccessible(true);
            Stream.of(accessors).forEach(accessor -> accessor.setAccessible(true));
        } catch (NoSuchMethodException | RuntimeException e) {
            throw new KryoException("record " + type.getName() + " is closed to the provider (" + e + ")", e);
        }
    }

    @Override
    public void write(Kryo session, Output out, Object value) {
        Shape.write(session, out, type, names);
        for (Method accessor : accessors) {
            session.writeClassAndObject(out, component(accessor, value));
        }
    }

    private static Object component(Method accessor, Object value) {
        try {
            return accessor.invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new KryoException(accessor + " failed: " + e, e);
        }
    }

    @Override
    public Object read(Kryo session, Input in, Class<?> named) {
        Object[] values = initial.clone();
        for (String name : Shape.read(session, in, type)) {
            Object part = session.readClassAndObject(in);
            int place = names.indexOf(name);
            if (place >= 0) {
                values[place] = part;
            }
        }
        try {
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            throw new KryoException("record " + type.getName() + " does not take what was written for it", e);
        }
    }
}
