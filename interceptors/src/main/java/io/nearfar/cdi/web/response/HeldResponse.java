package io.nearfar.cdi.web.response;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A response whose body is held back until it is complete, so that it can be kept, and told apart from others before it is sent. It
 * is let go where it cannot be kept: when it is large, sends events, or other threads go on with it. Errors of the server are held
 * back too, for something else may answer in their place. Used by one thread after the other.
 */
final class HeldResponse extends HttpServletResponseWrapper {
    /** What cannot be a value of a cache is not held back; nearfar.value-limit may be less or more. */
    private static final int MOST = 8 << 20;

    private static final int SERVER_ERROR = 500;
    private static final String LENGTH = "content-length";

    private final HeldOutput output = new HeldOutput(MOST, this::open);
    private final Set<String> own = new LinkedHashSet<>();
    private @Nullable PrintWriter writer;
    private @Nullable Failure failure;
    private long length = -1;
    private boolean isOver;

    /** An error that was to be sent. */
    record Failure(int status, @Nullable String message) {}

    HeldResponse(HttpServletResponse response) {
        super(response);
    }

    /** Returns the error of the server that was to be sent, or null. */
    @Nullable
    Failure failure() {
        return failure;
    }

    /** Returns the whole body, or null if it was let go, or another end was sent. */
    byte @Nullable [] body() {
        return isOver || failure != null ? null : output.held();
    }

    /** Returns the names of the header fields that were set through this, in small letters. */
    Set<String> fields() {
        return own;
    }

    /** Lets go what was held back. */
    void release() {
        if (!isOver && output.isHeld() && length >= 0) {
            super.setContentLengthLong(length);
        }
        output.release();
    }

    /** Sends the error that was held back, if there is one, else what was written. */
    void end() throws IOException {
        Failure told = failure;
        if (told == null) {
            release();
        } else if (told.message() == null) {
            super.sendError(told.status());
        } else {
            super.sendError(told.status(), told.message());
        }
    }

    private ServletOutputStream open() throws IOException {
        return super.getOutputStream();
    }

    @Override
    public ServletOutputStream getOutputStream() {
        if (writer != null) {
            throw new IllegalStateException("The writer of this response is in use");
        }
        return output;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        PrintWriter there = writer;
        if (there == null) {
            String encoding = super.getCharacterEncoding();
            super.setCharacterEncoding(encoding); // so that the type says it
            there = new PrintWriter(new HeldWriter(output, encoding));
            writer = there;
        }
        return there;
    }

    @Override
    public void setContentType(@Nullable String type) {
        super.setContentType(type);
        if (type != null && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream")) {
            release();
        }
    }

    @Override
    public void setContentLength(int length) {
        setContentLengthLong(length);
    }

    @Override
    public void setContentLengthLong(long length) {
        this.length = length;
        if (!output.isHeld()) {
            super.setContentLengthLong(length);
        }
    }

    @Override
    public void setLocale(@Nullable Locale locale) {
        super.setLocale(locale);
        if (locale != null) {
            setHeader("Content-Language", locale.toLanguageTag());
        }
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        if (name.equalsIgnoreCase("Content-Type")) {
            setContentType(value);
        } else if (!isLength(name, value)) {
            own(name);
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        if (!isLength(name, value)) {
            own(name);
            super.addHeader(name, value);
        }
    }

    @Override
    public void setIntHeader(String name, int value) {
        setHeader(name, String.valueOf(value));
    }

    @Override
    public void addIntHeader(String name, int value) {
        addHeader(name, String.valueOf(value));
    }

    @Override
    public void setDateHeader(String name, long date) {
        own(name);
        super.setDateHeader(name, date);
    }

    @Override
    public void addDateHeader(String name, long date) {
        own(name);
        super.addDateHeader(name, date);
    }

    @Override
    public void sendError(int status) throws IOException {
        sendError(status, null);
    }

    @Override
    public void sendError(int status, @Nullable String message) throws IOException {
        output.clear();
        if (status >= SERVER_ERROR && output.isHeld()) {
            failure = new Failure(status, message);
            return;
        }
        isOver = true;
        if (message == null) {
            super.sendError(status);
        } else {
            super.sendError(status, message);
        }
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        output.clear();
        isOver = true;
        super.sendRedirect(location);
    }

    @Override
    public void reset() {
        super.reset();
        resetBuffer();
        own.clear();
        length = -1;
        writer = null;
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        output.clear();
    }

    /** What is held back is sent when it is complete. */
    @Override
    public void flushBuffer() throws IOException {
        if (!output.isHeld()) {
            super.flushBuffer();
        }
    }

    private void own(String name) {
        own.add(name.toLowerCase(Locale.ROOT));
    }

    private boolean isLength(String name, @Nullable String value) {
        boolean isLength = name.toLowerCase(Locale.ROOT).equals(LENGTH);
        if (isLength && value != null && value.matches("\\d{1,18}")) {
            setContentLengthLong(Long.parseLong(value));
        }
        return isLength;
    }
}
