package io.nearfar.entry.codec;

import io.nearfar.ValueCodec;
import java.io.IOException;

/** A codec of an application: Java serialization backwards. */
public final class ReversingCodec implements ValueCodec {
    private final ValueCodec forwards = new JavaCodec();

    @Override
    public String name() {
        return "reversing";
    }

    @Override
    public byte[] encode(Object value, Types types) throws IOException {
        return reversed(forwards.encode(value, types));
    }

    @Override
    public Object decode(byte[] bytes, Types types) throws IOException, ClassNotFoundException {
        return forwards.decode(reversed(bytes), types);
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}
