package io.nearfar.fault.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/** One direction of a {@link Line}: bytes wait here until they may be given on. */
final class Pipe {
    static final long NEVER = Long.MAX_VALUE;

    private static final int SLICE = 16_384;
    private static final int MOST_WAITING = 8 << 20;

    private final Line line;
    private final Way way;
    private final SelectionKey from;
    private final SelectionKey to;
    private final Deque<Piece> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private long free;
    private boolean ended;
    private boolean broken;

    private record Piece(ByteBuffer bytes, long due) {}

    Pipe(Line line, Way way, SelectionKey from, SelectionKey to) {
        this.line = line;
        this.way = way;
        this.from = from;
        this.to = to;
        this.free = System.nanoTime();
    }

    /** Reads what is there into the buffer and returns it, or null if the sender has gone. */
    ByteBuffer read(ByteBuffer buffer) {
        buffer.clear();
        try {
            ended = ((SocketChannel) from.channel()).read(buffer) < 0;
        } catch (IOException e) {
            ended = true;
        }
        if (ended) {
            interest(from, SelectionKey.OP_READ, false);
            return null;
        }
        return buffer.flip();
    }

    void add(ByteBuffer bytes) {
        if (bytes.hasRemaining() && !broken) {
            waiting.add(new Piece(bytes, System.nanoTime() + way.delay()));
            waitingBytes += bytes.remaining();
            interest(from, SelectionKey.OP_READ, waitingBytes < MOST_WAITING);
        }
    }

    /** Gives on what is due, and returns when the next is. */
    long flow() {
        while (!waiting.isEmpty() && !way.holds(line)) {
            Piece piece = waiting.peek();
            long now = System.nanoTime();
            long due = Math.max(piece.due, free);
            if (due - now > 0) {
                return due;
            }
            if (!write(piece, now)) {
                return NEVER; // the selector tells when there is room
            }
        }
        return NEVER;
    }

    private boolean write(Piece piece, long now) {
        ByteBuffer bytes = piece.bytes;
        try {
            ByteBuffer slice = bytes.slice(bytes.position(), Math.min(SLICE, bytes.remaining()));
            int written = ((SocketChannel) to.channel()).write(slice);
            bytes.position(bytes.position() + written);
            waitingBytes -= written;
            free = now + way.nanosFor(written);
            interest(to, SelectionKey.OP_WRITE, written == 0);
            if (!bytes.hasRemaining()) {
                waiting.remove();
            }
            interest(from, SelectionKey.OP_READ, !ended && waitingBytes < MOST_WAITING);
            return written > 0;
        } catch (IOException e) {
            discard();
            return false;
        }
    }

    /** What is waiting, and what comes, is lost. */
    void discard() {
        broken = true;
        waiting.clear();
        waitingBytes = 0;
    }

    /** Tells whether the sender has gone and nothing of it is left to be given on. */
    boolean isDone() {
        return ended && waiting.isEmpty();
    }

    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    private static void interest(SelectionKey key, int operation, boolean wanted) {
        if (key.isValid()) {
            int now = key.interestOps();
            int then = wanted ? now | operation : now & ~operation;
            if (now != then) {
                key.interestOps(then);
            }
        }
    }
}
