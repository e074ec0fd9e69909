package io.nearfar.jcache;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What must be closed at the end, last opened first, each even if another fails. */
final class Closing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private final String owner;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    Closing(String owner) {
        this.owner = owner;
    }

    /** Adds a part and returns it. */
    <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    /** Adds an object of the application's if it can be closed, and returns it. */
    <T> T addIfCloseable(T part) {
        if (part instanceof AutoCloseable closeable) {
            parts.push(closeable);
        }
        return part;
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("NF0502 {}: closing {} failed", owner, part.getClass().getName(), e);
            }
        }
    }
}
