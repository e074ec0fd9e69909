package io.nearfar.testkit.wire;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one value from a stream. */
final class FrameReader {
    private static final int END = -1;

    private final InputStream in;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Frame.Span> texts = new ArrayList<>();

    FrameReader(InputStream in) {
        this.in = in;
    }

    /** Returns the value, or null if the stream has ended. */
    @Nullable
    Frame read() throws IOException {
        int first = in.read();
        if (first == END) {
            return null;
        }
        value(first, true);
        return new Frame(bytes.toByteArray(), texts);
    }

    /** Reads a value that begins with this byte; texts are noted if they are its own or of its array. */
    private void value(int first, boolean noted) throws IOException {
        String head = line(first);
        switch (first) {
            case '$', '=', '!' -> bulk(number(head), noted);
            case '*', '~', '>' -> many(number(head), noted);
            case '%' -> many(2 * number(head), noted);
            default -> {} // all is on the line
        }
    }

    private String line(int first) throws IOException {
        StringBuilder line = new StringBuilder();
        bytes.write(first);
        for (int next = next(); next != '\n'; next = next()) {
            bytes.write(next);
            line.append((char) next);
        }
        bytes.write('\n');
        return line.toString().stripTrailing();
    }

    private int next() throws IOException {
        int next = in.read();
        if (next == END) {
            throw new EOFException("The connection ended within a value");
        }
        return next;
    }

    private void bulk(int length, boolean noted) throws IOException {
        if (length < 0) {
            return; // null
        }
        int start = bytes.size();
        byte[] text = in.readNBytes(length);
        bytes.writeBytes(text);
        bytes.write(next());
        bytes.write(next());
        if (noted) {
            texts.add(new Frame.Span(start, text.length));
        }
    }

    private void many(int count, boolean noted) throws IOException {
        for (int i = 0; i < count; i++) {
            int first = next();
            value(first, noted && first == '$');
        }
    }

    private static int number(String head) throws IOException {
        try {
            return Integer.parseInt(head);
        } catch (NumberFormatException e) {
            throw new IOException("This is not Redis's protocol: a length is " + head, e);
        }
    }
}
