package io.nearfar.entry.codec;

import io.nearfar.ValueCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;

/**
 * A stream of Java serialization that takes each class from {@link ValueCodec.Types}, and no more memory than its bytes
 * can account for.
 */
final class JavaInput extends ObjectInputStream {
    private static final int MOST_DEPTH = 1_000;
    /** A hash table has at most eight slots for each mapping, and a mapping takes more than one byte. */
    private static final int SLOTS_PER_BYTE = 8;

    private final ValueCodec.Types types;
    private final long length;

    JavaInput(byte[] bytes, ValueCodec.Types types) throws IOException {
        super(new ByteArrayInputStream(bytes));
        this.types = types;
        this.length = bytes.length;
        setObjectInputFilter(this::verdict);
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description) throws IOException {
        return resolve(description.getName());
    }

    @Override
    @SuppressWarnings("deprecation") // the stream wants the class before it has a handler for an instance
    protected Class<?> resolveProxyClass(String[] interfaces) throws IOException {
        resolve("java.lang.reflect.Proxy");
        Class<?>[] shown = new Class<?>[interfaces.length];
        for (int i = 0; i < shown.length; i++) {
            shown[i] = resolve(interfaces[i]);
        }
        return java.lang.reflect.Proxy.getProxyClass(types.loader(), shown);
    }

    /** A class that is missing ends the reading; the superclass would go on without it. */
    private Class<?> resolve(String name) throws IOException {
        try {
            return types.resolve(name);
        } catch (ClassNotFoundException e) {
            InvalidClassException refusal = new InvalidClassException(name, "not found or not trusted");
            refusal.initCause(e);
            throw refusal;
        }
    }

    private ObjectInputFilter.Status verdict(ObjectInputFilter.FilterInfo info) {
        boolean tooMuch = info.depth() > MOST_DEPTH
                || info.references() > length
                || info.arrayLength() > mostElements(info.serialClass());
        return tooMuch ? ObjectInputFilter.Status.REJECTED : ObjectInputFilter.Status.UNDECIDED;
    }

    private long mostElements(@org.jspecify.annotations.Nullable Class<?> array) {
        boolean primitives =
                array != null && array.isArray() && array.getComponentType().isPrimitive();
        return primitives ? length : 16 + SLOTS_PER_BYTE * length;
    }
}
