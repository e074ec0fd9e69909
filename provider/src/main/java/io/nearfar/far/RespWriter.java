package io.nearfar.far;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.redisson.client.protocol.RedisCommand;

/** Writes a command as Redis reads it: an array of texts, each behind its length. */
final class RespWriter {
    /** The most bytes that a head and the end of a text take: mark and ten digits, and two ends of lines. */
    private static final int AROUND = 15;

    /** About as long as a number is, or a word. */
    private static final int SHORT = 16;

    private byte[] bytes;
    private int size;

    private RespWriter(int about) {
        this.bytes = new byte[about];
    }

    /** Returns a command and what follows it: bytes as they are, all else as the text that it shows. */
    static RespWriter of(RedisCommand<?> command, Object... params) {
        RespWriter writer = new RespWriter(about(params));
        String second = command.getSubName();
        writer.head('*', params.length + (second == null ? 1 : 2));
        writer.text(command.getName());
        if (second != null) {
            writer.text(second);
        }
        for (Object param : params) {
            if (param instanceof byte[] text) {
                writer.text(text);
            } else {
                writer.text(param.toString());
            }
        }
        return writer;
    }

    private static int about(Object... params) {
        long about = 3L * (AROUND + SHORT);
        for (Object param : params) {
            int length =
                    param instanceof byte[] text ? text.length : param instanceof String text ? text.length() : SHORT;
            about += AROUND + length;
        }
        return (int) Math.min(about, Integer.MAX_VALUE / 2);
    }

    /** Returns the array at whose beginning the command stands. */
    byte[] bytes() {
        return bytes;
    }

    /** Returns how many bytes the command has. */
    int size() {
        return size;
    }

    private void text(String text) {
        text(text.getBytes(StandardCharsets.UTF_8));
    }

    private void text(byte[] text) {
        ensure(text.length);
        head('$', text.length);
        System.arraycopy(text, 0, bytes, size, text.length);
        size += text.length;
        endLine();
    }

    private void head(char mark, int number) {
        bytes[size] = (byte) mark;
        int digits = 1;
        for (int rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        int rest = number;
        for (int at = size + digits; at > size; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += 1 + digits;
        endLine();
    }

    private void endLine() {
        bytes[size] = '\r';
        bytes[size + 1] = '\n';
        size += 2;
    }

    private void ensure(int length) {
        int needed = Math.addExact(size, Math.addExact(length, AROUND));
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
        }
    }
}
