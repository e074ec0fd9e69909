package io.nearfar.entry.codec.kryo;

import com.esotericsoftware.kryo.KryoException;
import io.nearfar.ValueCodec;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Kryo's form: the fields of an object, with the name of each class once. One for each cache, because what writes and reads
 * remembers the classes that it has met; it is used by one thread at a time, and kept for the next.
 *
 * <p>The first object of each class is read back at once, so that who puts what cannot be read is told when it is put.
 */
public final class KryoCodec implements ValueCodec {
    /** The name that settings choose it by. */
    public static final String NAME = "kryo";

    private static final int MOST_KEPT = 32;

    private final Surroundings surroundings;
    private final BlockingQueue<Session> idle = new ArrayBlockingQueue<>(MOST_KEPT);
    private final Set<Class<?>> readBack = ConcurrentHashMap.newKeySet();

    /** Creates one. */
    public KryoCodec(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte[] encode(Object value, Types types) throws IOException {
        byte[] bytes = inSession(session -> session.write(value, types));
        if (!readBack.contains(value.getClass())) {
            readBack(bytes, types);
            readBack.add(value.getClass());
        }
        return bytes;
    }

    private void readBack(byte[] bytes, Types types) throws IOException {
        try {
            decode(bytes, new LoadedTypes(types.loader()));
        } catch (IOException | ClassNotFoundException | RuntimeException e) {
            throw new IOException("it can be written but not be read: " + e.getMessage(), e);
        }
    }

    @Override
    public Object decode(byte[] bytes, Types types) throws IOException, ClassNotFoundException {
        try {
            return inSession(session -> session.read(bytes, types));
        } catch (IOException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof ClassNotFoundException missing) {
                    throw missing;
                }
            }
            throw e;
        }
    }

    /** A session in which something has failed is not used again. */
    private <T> T inSession(Work<T> work) throws IOException {
        @Nullable Session kept = idle.poll();
        Session session = kept == null ? new Session(surroundings) : kept;
        try {
            T result = work.in(session);
            if (session.isWorthKeeping()) {
                idle.offer(session);
            }
            return result;
        } catch (KryoException e) {
            throw new IOException(firstLine(e), e);
        }
    }

    /** Kryo's texts go on with the path to the field. */
    private static String firstLine(KryoException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** What is done in a session. */
    private interface Work<T> {
        T in(Session session) throws IOException;
    }
}
