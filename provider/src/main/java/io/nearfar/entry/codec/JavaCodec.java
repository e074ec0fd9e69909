package io.nearfar.entry.codec;

import io.nearfar.ValueCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;

/** Java serialization, which means what the classes' authors say: the default. */
final class JavaCodec implements ValueCodec {
    @Override
    public String name() {
        return "java";
    }

    @Override
    public byte[] encode(Object value, Types types) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (ObjectOutputStream out = new Output(bytes, types)) {
            out.writeObject(value);
        }
        return bytes.toByteArray();
    }

    @Override
    public Object decode(byte[] bytes, Types types) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new JavaInput(bytes, types)) {
            return in.readObject();
        }
    }

    /** Announces each class that it writes. */
    private static final class Output extends ObjectOutputStream {
        private final Types types;

        Output(OutputStream out, Types types) throws IOException {
            super(out);
            this.types = types;
        }

        @Override
        protected void annotateClass(Class<?> type) {
            types.met(type);
        }

        @Override
        protected void annotateProxyClass(Class<?> type) {
            types.met(java.lang.reflect.Proxy.class);
            for (Class<?> shown : type.getInterfaces()) {
                types.met(shown);
            }
        }
    }
}
