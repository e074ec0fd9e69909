package io.nearfar.entry.codec;

import io.nearfar.ValueCodec;
import io.nearfar.entry.codec.kryo.Surroundings;
import java.io.IOException;
import java.util.Objects;

/** Lends the forms of this package to the codec that writes by Kryo. */
final class KryoSurroundings implements Surroundings {
    private final ValueCodec serialization = new JavaCodec();

    @Override
    public boolean hasCompactForm(Class<?> type) {
        return CompactForm.has(type);
    }

    @Override
    public byte[] compact(Object value) {
        return Objects.requireNonNull(CompactForm.encode(value));
    }

    @Override
    public Object expand(byte[] compact) throws IOException {
        return CompactForm.decode(compact);
    }

    @Override
    public ValueCodec serialization() {
        return serialization;
    }
}
