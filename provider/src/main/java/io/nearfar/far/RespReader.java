package io.nearfar.far;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads replies of Redis that are made of arrays, texts, numbers and statuses, as nearly all are. Any other, as an error or what holds
 * one, is not read here, and stays where it is.
 */
final class RespReader {
    /** What is there ends within the reply. */
    static final int UNFINISHED = -1;

    /** The reply has something in it that is not read here. */
    static final int OTHER = -2;

    private static final int GOOD = 0;

    private final ByteBuf in;
    private int at;
    private byte mark;
    private long number;

    private RespReader(ByteBuf in) {
        this.in = in;
        this.at = in.readerIndex();
    }

    /** Returns where the reply ends that begins at the reader's index, {@link #UNFINISHED} or {@link #OTHER}. */
    static int end(ByteBuf in) {
        RespReader reader = new RespReader(in);
        int found = GOOD;
        for (long values = 1; values > 0 && found == GOOD; values--) {
            found = reader.skip();
            if (reader.mark == '*') {
                values += reader.number;
            }
        }
        return found == GOOD ? reader.at : found;
    }

    /**
     * Takes a reply of which {@link #end} has told where it ends: an array as a list, a text as bytes, or null if it is missing, a status
     * as a string, a number as a {@code Long}.
     */
    static @Nullable Object take(ByteBuf in) {
        RespReader reader = new RespReader(in);
        Object reply = reader.value();
        in.readerIndex(reader.at);
        return reply;
    }

    /** Goes behind a value, or behind the head of an array. */
    private int skip() {
        int found = head();
        if (found == GOOD && mark == '$' && number >= 0) {
            if (number > Integer.MAX_VALUE) {
                return OTHER;
            }
            long next = at + number + 2;
            at = (int) Math.min(next, Integer.MAX_VALUE);
            return next <= in.writerIndex() ? GOOD : UNFINISHED;
        }
        return found == GOOD && mark == '*' && number < 0 ? OTHER : found;
    }

    private int head() {
        if (at == in.writerIndex()) {
            return UNFINISHED;
        }
        mark = in.getByte(at++);
        return switch (mark) {
            case '*', '$', ':' -> number();
            case '+' -> line();
            default -> OTHER;
        };
    }

    private int number() {
        int from = at;
        long value = 0;
        for (; at < in.writerIndex(); at++) {
            byte digit = in.getByte(at);
            if (digit == '\r') {
                number = in.getByte(from) == '-' ? -value : value;
                return behindLine();
            } else if (digit >= '0' && digit <= '9') {
                value = 10 * value + digit - '0';
            } else if (digit != '-' || at != from) {
                return OTHER;
            }
        }
        return UNFINISHED;
    }

    private int line() {
        int length = in.bytesBefore(at, in.writerIndex() - at, (byte) '\r');
        if (length < 0) {
            return UNFINISHED;
        }
        number = length;
        at += length;
        return behindLine();
    }

    private int behindLine() {
        at += 2;
        return at <= in.writerIndex() ? GOOD : UNFINISHED;
    }

    private @Nullable Object value() {
        int from = at + 1;
        head();
        return switch (mark) {
            case '*' -> values((int) number);
            case '$' -> number < 0 ? null : text((int) number);
            case '+' -> in.toString(from, (int) number, StandardCharsets.UTF_8);
            default -> number;
        };
    }

    private List<@Nullable Object> values(int count) {
        List<@Nullable Object> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(value());
        }
        return values;
    }

    private byte[] text(int length) {
        byte[] text = new byte[length];
        in.getBytes(at, text);
        at += length + 2;
        return text;
    }
}
