package io.nearfar.spi;

import io.nearfar.entry.ObjectKeyCodec;
import io.nearfar.key.ObjectKeys;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets the key room have what the entry room can do with objects; the two do not know each other. */
record KeysOfObjects(ObjectKeyCodec codec) implements ObjectKeys {
    @Override
    public byte[] canonical(Object key) {
        return codec.canonical(key);
    }

    @Override
    public byte[] encode(Object key) {
        return codec.encode(key);
    }

    @Override
    public @Nullable Object decode(byte[] bytes) {
        return codec.decode(bytes);
    }

    @Override
    public Object copy(Object key) {
        return codec.copy(key);
    }

    @Override
    public @Nullable List<? extends @Nullable Object> parts(Object key) {
        return codec.parts(key);
    }
}
