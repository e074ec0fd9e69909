package io.nearfar.entry.codec.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Output;
import io.nearfar.ValueCodec.Types;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes and reads objects, one at a time. None of Kryo's own serializers is used but those of texts and numbers. */
final class Session extends Kryo {
    /** Fewer than a stack of half a megabyte takes. */
    private static final int MOST_DEPTH = 500;

    private static final int MOST_CLASSES = 2_000;
    private static final int MADE = 20;

    private final Forms forms;
    private final Names names;
    private @Nullable Types types;

    Session(Surroundings surroundings) {
        this(surroundings, new Names());
    }

    private Session(Surroundings surroundings, Names names) {
        super(names, new References());
        this.names = names;
        this.forms = new Forms(surroundings);
        setRegistrationRequired(false);
        setReferences(true);
        setMaxDepth(MOST_DEPTH);
        register(MadeForm.class, new MadeForm(), MADE);
    }

    byte[] write(Object value, Types announced) {
        types = announced;
        try (Output out = new Output(256, -1)) {
            writeClassAndObject(out, value);
            return out.toBytes();
        } finally {
            types = null;
        }
    }

    Object read(byte[] bytes, Types trusted) throws IOException {
        types = trusted;
        try (BoundedInput in = new BoundedInput(bytes)) {
            Object value = readClassAndObject(in);
            if (value == null || in.remaining() > 0) {
                throw new IOException(value == null ? "nothing in it" : in.remaining() + " bytes too many");
            }
            return value;
        } finally {
            types = null;
        }
    }

    /** Whoever is trusted without limit may name arrays without end. */
    boolean isWorthKeeping() {
        return names.size() < MOST_CLASSES;
    }

    /** Returns the classes of the cache that is served just now. */
    Types types() {
        return Objects.requireNonNull(types);
    }

    @Override
    @SuppressWarnings("rawtypes") // as Kryo declares it
    public Serializer getDefaultSerializer(Class type) {
        return forms.of(type);
    }
}
