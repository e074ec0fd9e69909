package io.nearfar.benchmarks.peer;

import io.lettuce.core.codec.RedisCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Numbers by their digits, as the server counts with them; objects by Java serialization, which is Nearfar's default too. */
final class LettuceCodec implements RedisCodec<String, Object> {
    private final boolean numbers;

    LettuceCodec(Values values) {
        this.numbers = values == Values.NUMBER;
    }

    @Override
    public String decodeKey(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }

    @Override
    public ByteBuffer encodeKey(String key) {
        return ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Object decodeValue(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return numbers ? Long.valueOf(new String(copy, StandardCharsets.US_ASCII)) : object(copy);
    }

    private static Object object(byte[] bytes) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        } catch (IOException e) {
            throw new UncheckedIOException("A value that the benchmark wrote cannot be read", e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("A value that the benchmark wrote is of an unknown class", e);
        }
    }

    @Override
    public ByteBuffer encodeValue(Object value) {
        return ByteBuffer.wrap(numbers ? value.toString().getBytes(StandardCharsets.US_ASCII) : bytes(value));
    }

    private static byte[] bytes(Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        } catch (IOException e) {
            throw new UncheckedIOException("The value " + value + " cannot be serialized", e);
        }
        return bytes.toByteArray();
    }
}
