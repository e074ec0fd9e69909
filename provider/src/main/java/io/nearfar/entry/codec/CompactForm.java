package io.nearfar.entry.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The form that immutable standard types, and {@code byte[]}, have of their own: one tag, then the value. */
public final class CompactForm {
    private static final Map<Class<?>, CompactType<?>> BY_CLASS = new HashMap<>();
    private static final @Nullable CompactType<?>[] BY_TAG = new CompactType<?>[64];

    static {
        for (CompactType<?> type : CompactTypes.ALL) {
            BY_CLASS.put(type.type(), type);
            BY_TAG[type.tag()] = type;
        }
    }

    private CompactForm() {}

    /** Tells whether direct instances of the class have the form; enums, whose classes are the application's, do not. */
    public static boolean has(Class<?> type) {
        return BY_CLASS.containsKey(type);
    }

    /** Returns the form of {@code value}, or null if its type has none. */
    @SuppressWarnings("unchecked") // the map pairs each class with a writer of its own type
    public static byte @Nullable [] encode(Object value) {
        CompactType<Object> type = (CompactType<Object>) BY_CLASS.get(value.getClass());
        return type == null ? null : Form.of(type.tag(), out -> type.writer().write(out, value));
    }

    /**
     * Returns the object of these bytes.
     *
     * @throws IOException if they are no compact form, or more than one
     */
    static Object decode(byte[] bytes) throws IOException {
        CompactType.Reader<?> reader = bytes.length == 0 ? null : reader(bytes[0]);
        if (reader == null) {
            throw new IOException("no compact form");
        }
        DataInputStream in = Form.body(bytes);
        Object value = reader.read(in);
        if (in.available() > 0) {
            throw new IOException(in.available() + " bytes too many");
        }
        return value;
    }

    /** Returns the reader of the type whose tag this is, or null. */
    static CompactType.@Nullable Reader<?> reader(int tag) {
        CompactType<?> type = tag < 0 || tag >= BY_TAG.length ? null : BY_TAG[tag];
        return type == null ? null : type.reader();
    }

    /** Bytes that begin with a tag. */
    static final class Form {
        /** Writes what follows the tag. */
        interface Body {
            void write(DataOutputStream out) throws IOException;
        }

        private Form() {}

        static byte[] of(int tag, Body body) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(32);
            try {
                bytes.write(tag);
                body.write(new DataOutputStream(bytes));
            } catch (IOException e) {
                throw new IllegalStateException("writing to memory failed", e);
            }
            return bytes.toByteArray();
        }

        static DataInputStream body(byte[] bytes) {
            return new DataInputStream(new ByteArrayInputStream(bytes, 1, bytes.length - 1));
        }
    }
}
