package io.nearfar.entry.codec.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.objenesis.strategy.StdInstantiatorStrategy;

/**
 * Objects by their fields, each by its name: one that is not known any more is read and left out, one that was not
 * written is as the constructor leaves it. No constructor is run but one without arguments, no setter and no getter.
 */
final class FieldsForm extends Serializer<Object> {
    private final Class<?> type;
    private final Map<String, Field> fields = new LinkedHashMap<>();
    private final List<String> names;
    private final Supplier<Object> maker;

    FieldsForm(Class<?> type) {
        this.type = type;
        for (Class<?> level = type; level != Object.class; level = level.getSuperclass()) {
            addFields(level);
        }
        this.names = List.copyOf(fields.keySet());
        this.maker = maker();
    }

    private void addFields(Class<?> level) {
        for (Field field : level.getDeclaredFields()) {
            if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0) {
                open(field);
                boolean hides = fields.containsKey(field.getName());
                fields.put(hides ? level.getSimpleName() + "." + field.getName() : field.getName(), field);
            }
        }
    }

    private static void open(Field field) {
        try {
            field.setAccessible(true);
        } catch (RuntimeException e) {
            throw new KryoException(
                    field + " is in a package that its module does not open to the provider (" + e.getMessage() + ")",
                    e);
        }
    }

    private Supplier<Object> maker() {
        try {
            Constructor<?> plain = type.getDeclaredConstructor();
            plain.setAccessible(true);
            return () -> made(plain);
        } catch (NoSuchMethodException e) {
            var blank = new StdInstantiatorStrategy().newInstantiatorOf(type);
            return blank::newInstance;
        }
    }

    private static Object made(Constructor<?> plain) {
        try {
            return plain.newInstance();
        } catch (InvocationTargetException e) {
            throw new KryoException(plain + " failed: " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new KryoException(plain + " cannot be called: " + e, e);
        }
    }

    @Override
    public void write(Kryo session, Output out, Object value) {
        Shape.write(session, out, type, names);
        for (Field field : fields.values()) {
            session.writeClassAndObject(out, valueOf(field, value));
        }
    }

    private static Object valueOf(Field field, Object value) {
        try {
            return field.get(value);
        } catch (IllegalAccessException e) {
            throw new KryoException(field + " cannot be read", e);
        }
    }

    @Override
    public Object read(Kryo session, Input in, Class<?> named) {
        Object value = maker.get();
        session.reference(value);
        for (String name : Shape.read(session, in, type)) {
            Object part = session.readClassAndObject(in);
            Field field = fields.get(name);
            if (field != null) {
                set(field, value, part);
            }
        }
        return value;
    }

    private static void set(Field field, Object value, Object part) {
        try {
            field.set(value, part);
        } catch (IllegalAccessException | IllegalArgumentException | NullPointerException e) {
            throw new KryoException(field + " does not take what was written for it", e);
        }
    }
}
