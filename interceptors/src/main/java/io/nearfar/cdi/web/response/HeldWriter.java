package io.nearfar.cdi.web.response;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UnsupportedEncodingException;
import java.io.Writer;

/** Encodes what is written, and keeps nothing back by itself: who ends a response that was let go does not know of it. */
final class HeldWriter extends Writer {
    private final OutputStream target;
    private final Writer encoder;

    HeldWriter(OutputStream target, String encoding) throws UnsupportedEncodingException {
        this.target = target;
        this.encoder = new OutputStreamWriter(new Unflushed(target), encoding);
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        encoder.write(text, offset, length);
        encoder.flush();
    }

    @Override
    public void flush() throws IOException {
        target.flush();
    }

    @Override
    public void close() throws IOException {
        target.flush();
    }

    /** What is encoded is not sent at once for that. */
    private static final class Unflushed extends FilterOutputStream {
        Unflushed(OutputStream target) {
            super(target);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void flush() {}
    }
}
