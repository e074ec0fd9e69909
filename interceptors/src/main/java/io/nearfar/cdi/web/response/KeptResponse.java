package io.nearfar.cdi.web.response;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A response of status 200 as the cache has it: one array of bytes, in a form of our own, so that no class of it has to be known to
 * who reads it. One that another release has written in another form is none.
 *
 * @param made when it was made, by the clock of the node that made it
 * @param fields its header fields, as the method gave them
 * @param body its content
 */
record KeptResponse(Instant made, List<Field> fields, byte[] body) {
    private static final int FORM = 1;

    /** One header field. */
    record Field(String name, String value) {}

    /** Returns the value of the first field of that name, or null. */
    @Nullable
    String field(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .findFirst()
                .orElse(null);
    }

    /**
     * Returns it as bytes.
     *
     * @throws IOException if a field has more than 64 KiB
     */
    byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length + 256);
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(FORM);
        out.writeLong(made.toEpochMilli());
        out.writeShort(fields.size());
        for (Field field : fields) {
            out.writeUTF(field.name());
            out.writeUTF(field.value());
        }
        out.writeInt(body.length);
        out.write(body);
        return bytes.toByteArray();
    }

    /** Returns what {@link #bytes} has made, or null if the value is anything else. */
    static @Nullable KeptResponse of(@Nullable Object value) {
        if (!(value instanceof byte[] bytes)) {
            return null;
        }
        try {
            return read(new DataInputStream(new ByteArrayInputStream(bytes)));
        } catch (IOException | NegativeArraySizeException e) {
            return null;
        }
    }

    private static @Nullable KeptResponse read(DataInputStream in) throws IOException {
        if (in.readByte() != FORM) {
            return null;
        }
        Instant made = Instant.ofEpochMilli(in.readLong());
        int count = in.readUnsignedShort();
        List<Field> fields = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            fields.add(new Field(in.readUTF(), in.readUTF()));
        }
        int length = in.readInt();
        return length == in.available() ? new KeptResponse(made, fields, in.readAllBytes()) : null;
    }
}
