package io.nearfar.cdi.web.response;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * What is written to a response, held back until it is complete or more than can be kept; from then on it goes on its way. Safe
 * for use by several threads: one that lets it go may not be the one that writes.
 */
final class HeldOutput extends ServletOutputStream {
    private final int most;
    private final Target target;
    private @Nullable ByteArrayOutputStream held = new ByteArrayOutputStream();

    /** Where it goes. */
    interface Target {
        /** Returns the response's own output. */
        ServletOutputStream open() throws IOException;
    }

    HeldOutput(int most, Target target) {
        this.most = most;
        this.target = target;
    }

    /** Tells whether it is still held back. */
    synchronized boolean isHeld() {
        return held != null;
    }

    /** Returns what was written, or null if it went on its way. */
    synchronized byte @Nullable [] held() {
        return held == null ? null : held.toByteArray();
    }

    /** Forgets what was written, if it is still here. */
    synchronized void clear() {
        if (held != null) {
            held.reset();
        }
    }

    /** Has all go on its way, what was written and what will be. */
    synchronized void release() {
        ByteArrayOutputStream before = held;
        held = null;
        if (before != null && before.size() > 0) {
            try {
                before.writeTo(target.open());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        if (held != null && length > most - held.size()) {
            release();
        }
        if (held == null) {
            target.open().write(bytes, offset, length);
        } else {
            held.write(bytes, offset, length);
        }
    }

    /** What is held back is sent when it is complete. */
    @Override
    public synchronized void flush() throws IOException {
        if (held == null) {
            target.open().flush();
        }
    }

    /** The server closes the response. */
    @Override
    public void close() throws IOException {
        flush();
    }

    @Override
    public boolean isReady() {
        return true;
    }

    /** Only requests that other threads go on with have listeners, and their output is not held. */
    @Override
    public synchronized void setWriteListener(WriteListener listener) {
        release();
        try {
            target.open().setWriteListener(listener);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
