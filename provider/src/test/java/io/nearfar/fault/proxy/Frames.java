package io.nearfar.fault.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts a stream of Redis protocol, version 2 or 3, into whole replies, in whatever pieces it arrives. */
final class Frames {
    private static final int NOT_YET = -1;

    private byte[] bytes = new byte[4_096];
    private int length;

    /** Takes in what arrived, and returns the replies that are complete now. */
    List<byte[]> feed(ByteBuffer arrived) {
        append(arrived);
        List<byte[]> complete = new ArrayList<>();
        int from = 0;
        for (int end = end(from); end != NOT_YET; end = end(from)) {
            complete.add(Arrays.copyOfRange(bytes, from, end));
            from = end;
        }
        System.arraycopy(bytes, from, bytes, 0, length - from);
        length -= from;
        return complete;
    }

    private void append(ByteBuffer arrived) {
        int added = arrived.remaining();
        if (length + added > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + added));
        }
        arrived.get(bytes, length, added);
        length += added;
    }

    /** Returns where the reply that begins at {@code from} ends. */
    private int end(int from) {
        int line = endOfLine(from);
        if (line == NOT_YET) {
            return NOT_YET;
        }
        return switch (bytes[from]) {
            case '$', '=', '!' -> endOfBulk(line, number(from, line));
            case '*', '>', '~' -> endOfMany(line, number(from, line));
            case '%', '|' -> endOfMany(line, 2 * number(from, line));
            default -> line;
        };
    }

    private int endOfLine(int from) {
        for (int i = from; i + 1 < length; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
                return i + 2;
            }
        }
        return NOT_YET;
    }

    private int endOfBulk(int from, int size) {
        int end = size < 0 ? from : from + size + 2;
        return end <= length ? end : NOT_YET;
    }

    private int endOfMany(int from, int count) {
        int end = from;
        for (int i = 0; i < count && end != NOT_YET; i++) {
            end = end(end);
        }
        return end;
    }

    private int number(int from, int line) {
        return Integer.parseInt(new String(bytes, from + 1, line - from - 3, StandardCharsets.US_ASCII));
    }
}
