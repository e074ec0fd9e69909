package io.nearfar.entry.codec.kryo;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.DefaultClassResolver;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of classes: each is announced before it is written, once in an object, and asked for when it is read. Texts and
 * numbers, and collections that only their makers can make, are known by number and have no name.
 */
@SuppressWarnings("rawtypes") // as Kryo declares them
final class Names extends DefaultClassResolver {
    private final Map<Class<?>, Integer> written = new HashMap<>();
    private final List<Class<?>> read = new ArrayList<>();

    /** Returns how many classes are remembered. */
    int size() {
        return classToRegistration.size;
    }

    @Override
    public Registration writeClass(Output out, @Nullable Class type) {
        return super.writeClass(out, type == null ? null : named(type));
    }

    private static Class<?> named(Class<?> type) {
        if (Made.isMade(type)) {
            return MadeForm.class;
        }
        if (type.isHidden() || Proxy.isProxyClass(type)) {
            throw new KryoException(type.getName() + " is a lambda or a proxy, which is code and no value");
        }
        return Enum.class.isAssignableFrom(type) && !type.isEnum() && type != Enum.class ? type.getSuperclass() : type;
    }

    @Override
    protected void writeName(Output out, Class type, Registration registration) {
        out.writeByte(NAME + 2);
        Integer known = written.get(type);
        if (known == null) {
            ((Session) kryo).types().met(type);
            out.writeVarInt(written.size(), true);
            written.put(type, written.size());
            out.writeString(type.getName());
        } else {
            out.writeVarInt(known, true);
        }
    }

    @Override
    protected Registration readName(Input in) {
        int number = in.readVarInt(true);
        if (number == read.size()) {
            read.add(resolve(in.readString()));
        } else if (number < 0 || number > read.size()) {
            throw new KryoException("class " + number + " of " + read.size());
        }
        return kryo.getRegistration(read.get(number));
    }

    private Class<?> resolve(@Nullable String name) {
        try {
            return ((Session) kryo).types().resolve(String.valueOf(name));
        } catch (ClassNotFoundException e) {
            throw new KryoException(e.getMessage(), e);
        }
    }

    @Override
    public void reset() {
        super.reset();
        written.clear();
        read.clear();
    }
}
