package io.nearfar.entry.codec.json;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.nearfar.ValueCodec;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON that a person can read: the fields of an object by name, and the name of its class wherever the declared type does
 * not say it. One for each cache, because Jackson remembers the classes that it has found.
 *
 * <p>The first object of each class is read back at once, so that who puts what cannot be read is told when it is put.
 */
public final class JsonCodec implements ValueCodec {
    /** The name that settings choose it by. */
    public static final String NAME = "json";

    private final Set<Class<?>> readBack = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ObjectMapper mapper;

    /**
     * Creates one.
     *
     * @throws LinkageError if Jackson is not there
     */
    public JsonCodec() {
        Objects.requireNonNull(ObjectMapper.class);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte[] encode(Object value, Types types) throws IOException {
        byte[] bytes =
                Encoding.with(types, () -> mapper(types).writerFor(Object.class).writeValueAsBytes(value));
        if (!readBack.contains(value.getClass())) {
            readBack(bytes, types);
            readBack.add(value.getClass());
        }
        return bytes;
    }

    private void readBack(byte[] bytes, Types types) throws IOException {
        try {
            decode(bytes, new MetTypes(types.loader()));
        } catch (IOException | ClassNotFoundException | RuntimeException e) {
            throw new IOException("it can be written but not be read: " + e.getMessage(), e);
        }
    }

    @Override
    public Object decode(byte[] bytes, Types types) throws IOException, ClassNotFoundException {
        return mapper(types)
                .readerFor(Object.class)
                .withAttribute(Types.class, types)
                .readValue(bytes);
    }

    private ObjectMapper mapper(Types types) {
        ObjectMapper known = mapper;
        if (known == null) {
            known = Mappers.of(types.loader());
            mapper = known;
        }
        return known;
    }
}
