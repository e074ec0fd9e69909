package io.nearfar.entry;

import io.nearfar.ReadableKey;
import io.nearfar.entry.codec.CompactForm;
import io.nearfar.entry.codec.PlainSerialization;
import io.nearfar.entry.codec.PlatformClasses;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * Writes the parts of an object so that equal objects have equal bytes, also where their serialized forms differ. Lists
 * by their elements, sets and maps by their sorted contents, records by components, other classes by their fields that
 * are not transient. Part of the format: a key's hash in the far tier is taken of it.
 */
final class CanonicalBytes {
    private final Set<Object> path = Collections.newSetFromMap(new IdentityHashMap<>());
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    private final DataOutputStream out = new DataOutputStream(bytes);

    private CanonicalBytes() {}

    /**
     * Returns the bytes.
     *
     * @throws CacheException if the object contains itself or hides its fields; names the class and the cure
     */
    static byte[] of(Object object) {
        try {
            return new CanonicalBytes().written(object);
        } catch (IOException e) {
            throw new CacheException(
                    "A key of type " + object.getClass().getName() + " cannot be told apart from others: "
                            + e.getMessage(),
                    e);
        } catch (StackOverflowError e) {
            throw new CacheException("A key of type " + object.getClass().getName() + " is nested too deeply", e);
        }
    }

    private byte[] written(@Nullable Object object) throws IOException {
        write(object);
        return bytes.toByteArray();
    }

    private void write(@Nullable Object object) throws IOException {
        if (object == null) {
            out.writeByte('n');
            return;
        }
        byte[] compact = CompactForm.encode(object);
        if (compact != null) {
            out.writeByte('=');
            writeBytes(compact);
        } else {
            writeOnPath(object);
        }
    }

    private void writeOnPath(Object object) throws IOException {
        if (!path.add(object)) {
            throw new IOException(
                    "the object of class " + object.getClass().getName() + " contains itself; a key must not");
        }
        writeComposite(object);
        path.remove(object);
    }

    private void writeComposite(Object object) throws IOException {
        if (object instanceof Enum<?> constant) {
            writeNamed('e', constant.getDeclaringClass());
            out.writeUTF(constant.name());
        } else if (object instanceof ReadableKey key) {
            writeAll('(', key.keyParts());
        } else if (object.getClass().isArray()) {
            writeArray(object);
        } else if (PlatformClasses.owns(object.getClass())) {
            writePlatform(object);
        } else {
            writeFields(object);
        }
    }

    private void writePlatform(Object object) throws IOException {
        if (object instanceof Map<?, ?> map) {
            writeMap(map);
        } else if (object instanceof Set<?> set) {
            writeSorted('{', parts(set));
        } else if (object instanceof List<?> list) {
            writeAll('[', list);
        } else if (object instanceof Map.Entry<?, ?> entry) {
            writeAll(':', Arrays.asList(entry.getKey(), entry.getValue()));
        } else if (object instanceof Collection<?> collection) {
            writeNamed('<', object.getClass());
            writeAll('<', collection);
        } else {
            writeNamed('j', object.getClass());
            writeBytes(PlainSerialization.of(object));
        }
    }

    private void writeAll(char mark, Collection<? extends @Nullable Object> elements) throws IOException {
        out.writeByte(mark);
        out.writeInt(elements.size());
        for (Object element : elements) {
            write(element);
        }
    }

    private void writeArray(Object array) throws IOException {
        writeNamed('@', array.getClass());
        int length = Array.getLength(array);
        out.writeInt(length);
        for (int i = 0; i < length; i++) {
            write(Array.get(array, i));
        }
    }

    private void writeMap(Map<?, ?> map) throws IOException {
        List<byte[]> pairs = new ArrayList<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            pairs.add(part(Arrays.asList(entry.getKey(), entry.getValue())));
        }
        writeSorted('m', pairs);
    }

    private List<byte[]> parts(Set<?> set) throws IOException {
        List<byte[]> parts = new ArrayList<>();
        for (Object element : set) {
            parts.add(part(element));
        }
        return parts;
    }

    /** Writes a part by itself, on the same path of objects. */
    private byte[] part(@Nullable Object object) throws IOException {
        CanonicalBytes part = new CanonicalBytes();
        part.path.addAll(path);
        return part.written(object);
    }

    private void writeSorted(char mark, List<byte[]> parts) throws IOException {
        parts.sort(Arrays::compare);
        out.writeByte(mark);
        out.writeInt(parts.size());
        for (byte[] part : parts) {
            writeBytes(part);
        }
    }

    private void writeFields(Object object) throws IOException {
        writeNamed('o', object.getClass());
        for (KeyFields.Part part : KeyFields.of(object.getClass())) {
            out.writeUTF(part.name());
            write(part.read(object));
        }
        out.writeUTF("");
    }

    private void writeNamed(char mark, Class<?> type) throws IOException {
        out.writeByte(mark);
        out.writeUTF(type.getName());
    }

    private void writeBytes(byte[] part) throws IOException {
        out.writeInt(part.length);
        out.write(part);
    }
}
