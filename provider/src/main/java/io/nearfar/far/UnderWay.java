package io.nearfar.far;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Calls of one operation that were begun and not awaited yet: a few, with about a megabyte among them. Each has its
 * deadline from its beginning, and would else spend it behind the others' bytes on a slow link.
 */
final class UnderWay {
    private static final int CALLS = 4;
    private static final long BYTES = 1 << 20;

    private final Deque<Begun> calls = new ArrayDeque<>();
    private long bytes;

    private record Begun(long bytes, Runnable finish) {}

    /** Awaits the eldest until there is room for a call that carries so many bytes, or none is left. */
    void makeRoom(long more) {
        while (calls.size() == CALLS || (!calls.isEmpty() && bytes + more > BYTES)) {
            next();
        }
    }

    /** Adds a call that was begun, by what awaits it. */
    void add(long carried, Runnable finish) {
        calls.add(new Begun(carried, finish));
        bytes += carried;
    }

    /** Awaits all of them. */
    void finish() {
        while (!calls.isEmpty()) {
            next();
        }
    }

    private void next() {
        Begun eldest = calls.remove();
        bytes -= eldest.bytes;
        eldest.finish.run();
    }
}
