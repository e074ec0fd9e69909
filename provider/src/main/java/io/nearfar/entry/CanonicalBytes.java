package io.nearfar.entry;

import io.nearfar.ReadableKey;
import io.nearfar.entry.codec.CompactForm;
import io.nearfar.entry.codec.PlainSerialization;
import io.nearfar.entry.codec.PlatformClasses;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Array;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
 * are not transient. Part of the format: a key's fingerprint in the far tier is taken of it.
 */
final class CanonicalBytes {
    private final KeyFields fields;
    private final Set<Object> path;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    private final DataOutputStream out = new DataOutputStream(bytes);

    /** Creates one for a part of an object, whose owners are on the path. */
    private CanonicalBytes(KeyFields fields, Set<Object> path) {
        this.fields = fields;
        this.path = path;
    }

    /**
     * Returns the bytes.
     *
     * @throws CacheException if the object contains itself or hides its fields; names the class and the cure
     */
    static byte[] of(Object object, KeyFields fields) {
        try {
            return new CanonicalBytes(fields, Collections.newSetFromMap(new IdentityHashMap<>())).written(object);
        } catch (IOException | StackOverflowError e) {
            String reason = e instanceof StackOverflowError ? "it is nested too deeply" : e.getMessage();
            throw new CacheException(
                    "A key of type " + object.getClass().getName() + " cannot be told from others: " + reason, e);
        }
    }

    private byte[] written(@Nullable Object object) throws IOException {
        write(object);
        return bytes.toByteArray();
    }

    private void write(@Nullable Object object) throws IOException {
        if (object == null) {
            out.writeByte('n');
        } else if (object instanceof URI uri) {
            writeNamed('u', URI.class);
            writeBytes(CanonicalUri.of(uri).getBytes(StandardCharsets.UTF_8));
        } else {
            byte[] compact = CompactForm.encode(object);
            if (compact != null) {
                out.writeByte('=');
                writeBytes(compact);
            } else {
                writeOnPath(object);
            }
        }
    }

    private void writeOnPath(Object object) throws IOException {
        if (!path.add(object)) {
            throw new IOException("an object of class " + object.getClass().getName()
                    + " in it contains itself, which a key must not");
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
        } else if (object instanceof Map<?, ?> map) {
            writeMap(map);
        } else if (object instanceof Set<?> set) {
            writeSet(set);
        } else if (object instanceof List<?> list) {
            writeAll('[', list);
        } else {
            writeOther(object);
        }
    }

    private void writeOther(Object object) throws IOException {
        if (object instanceof Map.Entry<?, ?> entry) {
            writeAll(':', Arrays.asList(entry.getKey(), entry.getValue()));
        } else if (object instanceof InetAddress address) {
            writeNamed('a', InetAddress.class);
            writeBytes(address.getAddress());
        } else if (!PlatformClasses.owns(KeyFields.root(object.getClass()))) {
            writeFields(object);
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

    private void writeSet(Set<?> set) throws IOException {
        List<byte[]> parts = new ArrayList<>();
        for (Object element : set) {
            parts.add(part(element));
        }
        writeSorted('{', parts);
    }

    private byte[] part(@Nullable Object object) throws IOException {
        return new CanonicalBytes(fields, path).written(object);
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
        for (KeyFields.Part part : fields.of(object.getClass())) {
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
