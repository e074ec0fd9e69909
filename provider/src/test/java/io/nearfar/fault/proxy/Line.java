package io.nearfar.fault.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** One connection of a node through its proxy. Used by the proxy's thread. */
final class Line {
    private final SocketChannel client;
    private final SocketChannel server;
    private final SelectionKey clientKey;
    private final Pipe forth;
    private final Pipe back;
    private final Frames frames = new Frames();
    private final Predicate<Push> loses;
    private boolean subscriber;
    private boolean halfOpen;

    /** @param loses tells of a published message whether it is lost */
    Line(SocketChannel client, SocketChannel server, Selector selector, Way forth, Way back, Predicate<Push> loses)
            throws IOException {
        this.client = client;
        this.server = server;
        this.loses = loses;
        this.clientKey = client.register(selector, SelectionKey.OP_READ, this);
        SelectionKey serverKey = server.register(selector, SelectionKey.OP_READ, this);
        this.forth = new Pipe(this, forth, clientKey, serverKey);
        this.back = new Pipe(this, back, serverKey, clientKey);
    }

    boolean isSubscriber() {
        return subscriber;
    }

    /** Tells whether bytes of the node wait for the server. */
    boolean holdsBack() {
        return forth.isWaiting();
    }

    void read(SelectionKey key, ByteBuffer buffer) {
        boolean fromClient = key.equals(clientKey);
        ByteBuffer arrived = (fromClient ? forth : back).read(buffer);
        if (arrived == null || halfOpen) {
            return;
        } else if (fromClient) {
            forth.add(copy(arrived));
        } else {
            back.add(kept(arrived));
        }
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }

    /** Returns the whole replies that are not lost, in one piece. */
    private ByteBuffer kept(ByteBuffer arrived) {
        List<byte[]> kept = new ArrayList<>();
        int size = 0;
        for (byte[] frame : frames.feed(arrived)) {
            if (!isLost(frame)) {
                kept.add(frame);
                size += frame.length;
            }
        }
        ByteBuffer whole = ByteBuffer.allocate(size);
        kept.forEach(whole::put);
        return whole.flip();
    }

    private boolean isLost(byte[] frame) {
        Push push = Push.of(frame);
        subscriber |= push != null;
        return push != null && push.isMessage() && loses.test(push);
    }

    /** Gives on what is due in both directions, and returns when the next is. */
    long flow() {
        long next = Math.min(forth.flow(), back.flow());
        if (!halfOpen && (forth.isDone() || back.isDone())) {
            close();
        }
        return next;
    }

    /** The server's side ends; the node is not told, and never will be. */
    void halfOpen() {
        halfOpen = true;
        forth.discard();
        back.discard();
        close(server);
    }

    boolean isClosed() {
        return !client.isOpen();
    }

    void close() {
        close(client);
        close(server);
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
