package io.nearfar.testkit.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One whole value of Redis's protocol: a command, a reply, or a message. Immutable, but for the bytes that it hands out. */
public final class Frame {
    private final byte[] bytes;
    private final List<Span> texts;

    /** Where a text lies within the bytes. */
    record Span(int start, int length) {}

    Frame(byte[] bytes, List<Span> texts) {
        this.bytes = bytes;
        this.texts = texts;
    }

    /**
     * Waits for the next value and returns it.
     *
     * @param in a stream with a buffer, for it is read byte by byte
     * @return the value, or null if the stream ends before one begins
     * @throws IOException if the stream fails, ends within a value, or has something else than Redis's protocol
     */
    public static @Nullable Frame read(InputStream in) throws IOException {
        return new FrameReader(in).read();
    }

    /** Returns a command of these words. */
    public static Frame command(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<Span> texts = new ArrayList<>();
        out.writeBytes(utf8("*" + words.length + "\r\n"));
        for (String word : words) {
            byte[] text = utf8(word);
            out.writeBytes(utf8("$" + text.length + "\r\n"));
            texts.add(new Span(out.size(), text.length));
            out.writeBytes(text);
            out.writeBytes(utf8("\r\n"));
        }
        return new Frame(out.toByteArray(), texts);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the bytes as they go over the connection; not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    /** Tells whether it is a reply that says that something failed. */
    public boolean isError() {
        return bytes[0] == '-';
    }

    /**
     * Returns the text of one of its bulk strings: those of an array, as they stand in it, or the only one of a single string.
     *
     * @param number from 0
     * @return the text; empty if there are not so many, or it is no text at all
     */
    public String text(int number) {
        if (number >= texts.size()) {
            return "";
        }
        Span span = texts.get(number);
        return new String(bytes, span.start, span.length, StandardCharsets.UTF_8);
    }

    /** Returns the text of a single value: of a string, of a number, or of an error, without what surrounds it. */
    public String single() {
        boolean isBulk = bytes[0] == '$' && !texts.isEmpty();
        return isBulk ? text(0) : new String(bytes, 1, bytes.length - 3, StandardCharsets.UTF_8);
    }
}
