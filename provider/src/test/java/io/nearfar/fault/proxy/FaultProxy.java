package io.nearfar.fault.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Stands between one node and a server on this machine, and does to their connections what a bad network does. One
 * thread carries all of them; orders are carried out between two of its steps, and have taken effect when the method
 * returns. Held bytes are not lost: they arrive when the hold ends, also if the sender has gone by then, as they would
 * on a network that was down for a while.
 */
public final class FaultProxy implements AutoCloseable {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final InetSocketAddress target;
    private final Selector selector;
    private final int port;
    private final Queue<FutureTask<?>> orders = new ConcurrentLinkedQueue<>();
    private final List<Line> lines = new ArrayList<>();
    private final Way forth = new Way();
    private final Way back = new Way();
    private final AtomicLong lost = new AtomicLong();
    private final ByteBuffer buffer = ByteBuffer.allocate(65_536);
    private final Thread thread = new Thread(this::run, "fault-proxy");
    private volatile boolean closed;
    private volatile Predicate<Push> loses = push -> false;
    private ServerSocketChannel door;

    /** Opens a door of its own for connections to that port. */
    public FaultProxy(int target) {
        this.target = new InetSocketAddress(HERE, target);
        try {
            this.selector = Selector.open();
            this.port = open(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread.setDaemon(true);
        thread.start();
    }

    private int open(int wanted) throws IOException {
        door = ServerSocketChannel.open();
        door.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        door.bind(new InetSocketAddress(HERE, wanted));
        door.configureBlocking(false);
        door.register(selector, SelectionKey.OP_ACCEPT);
        return ((InetSocketAddress) door.getLocalAddress()).getPort();
    }

    /** Returns {@code 127.0.0.1:port}. */
    public String host() {
        return "127.0.0.1:" + port;
    }

    /** Breaks connections; both sides are told. */
    public void cut(Lines which) {
        order(() -> {
            lines.stream().filter(which::include).forEach(Line::close);
            return null;
        });
    }

    /** Ends the server's side of the connections that are open, and leaves the node believing in its own. */
    public void halfOpen(Lines which) {
        order(() -> {
            lines.stream().filter(which::include).forEach(Line::halfOpen);
            return null;
        });
    }

    /** Refuses new connections. */
    public void refuse() {
        order(() -> {
            door.close();
            selector.selectNow(); // else the port is not free yet
            return null;
        });
    }

    /** Holds back what nodes send. */
    public void holdForth(Lines which) {
        order(() -> {
            forth.hold(which);
            return null;
        });
    }

    /** Holds back what the server sends. */
    public void holdBack(Lines which) {
        order(() -> {
            back.hold(which);
            return null;
        });
    }

    /** Holds back everything: to the node the server is silent, to the server the node is. */
    public void blackhole() {
        holdForth(Lines.ALL);
        holdBack(Lines.ALL);
    }

    /** Every byte takes so much longer, in each direction. */
    public void delay(Duration longer) {
        order(() -> {
            forth.delay(longer.toNanos());
            back.delay(longer.toNanos());
            return null;
        });
    }

    /** Each connection carries so many bytes a second, in each direction. */
    public void throttle(long bytesPerSecond) {
        order(() -> {
            forth.throttle(bytesPerSecond);
            back.throttle(bytesPerSecond);
            return null;
        });
    }

    /** Loses the published messages for which this is true; everything else on the connection arrives. */
    public void lose(Predicate<Push> which) {
        loses = which;
    }

    /** Returns how many messages were lost. */
    public long lost() {
        return lost.get();
    }

    /** Ends everything that was ordered, but for connections that are cut or half open. */
    public void heal() {
        loses = push -> false;
        order(() -> {
            forth.clear();
            back.clear();
            if (!door.isOpen()) {
                open(port);
            }
            return null;
        });
    }

    /** Returns how many connections are open. */
    public int connections() {
        return order(lines::size);
    }

    /** Tells whether anything that a node has sent is being held back. */
    public boolean holds() {
        return order(() -> lines.stream().anyMatch(Line::holdsBack));
    }

    private <T> T order(Callable<T> work) {
        FutureTask<T> order = new FutureTask<>(work);
        orders.add(order);
        selector.wakeup();
        try {
            return order.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the proxy did not carry out an order", e);
        }
    }

    private void run() {
        try {
            while (!closed) {
                long next = step();
                long millis = TimeUnit.NANOSECONDS.toMillis(next - System.nanoTime());
                selector.select(this::serve, next == Pipe.NEVER ? 0 : Math.max(1, millis));
            }
            lines.forEach(Line::close);
            door.close();
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Carries out orders, gives on what is due, and returns when the next is. */
    private long step() {
        for (FutureTask<?> order = orders.poll(); order != null; order = orders.poll()) {
            order.run();
        }
        long next = Pipe.NEVER;
        for (Line line : lines) {
            next = Math.min(next, line.flow());
        }
        lines.removeIf(Line::isClosed);
        return next;
    }

    private void serve(SelectionKey key) {
        if (key.isValid() && key.isAcceptable()) {
            accept();
        } else if (key.isValid() && key.isReadable()) {
            ((Line) key.attachment()).read(key, buffer);
        }
    }

    private void accept() {
        try {
            SocketChannel client = door.accept();
            if (client != null) {
                connect(client);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void connect(SocketChannel client) throws IOException {
        try {
            SocketChannel server = SocketChannel.open(target);
            lines.add(new Line(tuned(client), tuned(server), selector, forth, back, this::isLost));
        } catch (IOException e) {
            client.close(); // nobody is there
        }
    }

    private static SocketChannel tuned(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        return channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    private boolean isLost(Push push) {
        boolean yes = loses.test(push);
        lost.addAndGet(yes ? 1 : 0);
        return yes;
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
