package io.nearfar.far;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Keys and arguments of one script call, beginning with the nonce that tells this writer's call from any other. */
final class Arguments {
    private static final int FEW_KEYS = 8;
    private static final int FEW_VALUES = 16;

    private final long nonce = ThreadLocalRandom.current().nextLong();
    private final List<Object> keys;
    private final List<Object> values;
    private byte @Nullable [] audience;

    Arguments() {
        this(FEW_KEYS, FEW_VALUES);
    }

    /** Creates those of a call that has about so many keys and other arguments. */
    Arguments(int keys, int values) {
        this.keys = new ArrayList<>(keys);
        this.values = new ArrayList<>(values);
    }

    Arguments key(String key) {
        keys.add(key);
        return this;
    }

    Arguments add(Object value) {
        values.add(value);
        return this;
    }

    /** Puts another value in the place of the last. */
    Arguments replaceLast(Object value) {
        values.set(values.size() - 1, value);
        return this;
    }

    /** Has the script tell listeners of other nodes, by the word of {@link Telling}; null for none. */
    Arguments audience(byte @Nullable [] word) {
        audience = word;
        return this;
    }

    long nonce() {
        return nonce;
    }

    /** Returns what follows EVAL or EVALSHA where all arguments are numbers, and go as one. */
    Object[] packedParams(String script, long notAfter) {
        List<Long> numbers = new ArrayList<>(values.size() + 1);
        numbers.add(notAfter);
        values.forEach(value -> numbers.add(((Number) value).longValue()));
        List<Object> params = new ArrayList<>(keys.size() + 3);
        params.add(script);
        params.add(keys.size());
        params.addAll(keys);
        params.add(Numbers.packed(numbers));
        return params.toArray();
    }

    /** Returns what follows EVAL or EVALSHA. */
    Object[] params(String script, long notAfter, String publish) {
        List<Object> params = new ArrayList<>(keys.size() + values.size() + 5);
        params.add(script);
        params.add(keys.size());
        params.addAll(keys);
        params.add(notAfter);
        params.add(ByteBuffer.allocate(Long.BYTES).putLong(nonce).array());
        params.add(audience == null ? publish : publishing(publish, audience));
        params.addAll(values);
        return params.toArray();
    }

    private static byte[] publishing(String publish, byte[] word) {
        byte[] command = publish.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(command.length + word.length)
                .put(command)
                .put(word)
                .array();
    }
}
