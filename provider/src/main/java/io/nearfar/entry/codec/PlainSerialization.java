package io.nearfar.entry.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;

/** Java serialization of an object of the JDK, for comparison only: nothing is ever read back from it. */
public final class PlainSerialization {
    private PlainSerialization() {}

    /**
     * Returns the serialized form.
     *
     * @throws IOException if the object, or one in it, is not serializable; the text names the class
     */
    public static byte[] of(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }
}
