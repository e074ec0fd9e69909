package io.nearfar.testkit.fault;

import io.nearfar.testkit.wire.Frame;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.function.Consumer;

/** One connection of a node, through the simulator, to its server. */
final class Connection {
    /** Has the server itself answer with an error, so that replies keep their order. */
    private static final String FAIL = "return redis.error_reply(ARGV[1])";

    private final Socket client;
    private final Socket server;
    private final Rules rules;
    private final Courier courier;
    private final Consumer<Connection> ended;

    /** @param ended is told, maybe more than once, when the connection is closed */
    Connection(Socket client, Socket server, Rules rules, Courier courier, Consumer<Connection> ended)
            throws IOException {
        this.client = client;
        this.server = server;
        this.rules = rules;
        this.courier = courier;
        this.ended = ended;
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
    }

    void start() {
        Threads.start(() -> carry(client, server, Direction.TO_SERVER));
        Threads.start(() -> carry(server, client, Direction.FROM_SERVER));
    }

    private void carry(Socket from, Socket to, Direction way) {
        Courier.Lane lane = new Courier.Lane();
        try {
            InputStream in = new BufferedInputStream(from.getInputStream());
            for (Frame frame = Frame.read(in); frame != null; frame = Frame.read(in)) {
                pass(frame, to, way, lane);
            }
        } catch (IOException e) {
            // the connection was cut: the end below is all there is to do
        }
        courier.send(lane, 0, this::close);
    }

    private void pass(Frame frame, Socket to, Direction way, Courier.Lane lane) {
        boolean isLost = way == Direction.FROM_SERVER && rules.lose(frame);
        if (!isLost) {
            byte[] bytes = way == Direction.TO_SERVER ? asked(frame).bytes() : frame.bytes();
            rules.hold();
            courier.send(lane, rules.delay(way), () -> write(to, bytes));
        }
    }

    /** Returns what the server is asked in place of a command that shall fail. */
    private Frame asked(Frame command) {
        String error = rules.answer(command.text(0));
        return error == null ? command : Frame.command("EVAL", FAIL, "0", error);
    }

    private void write(Socket to, byte[] bytes) {
        try {
            to.getOutputStream().write(bytes);
        } catch (IOException e) {
            close(); // the one side has gone
        }
    }

    /** Breaks both sides. */
    void close() {
        close(client);
        close(server);
        ended.accept(this);
    }

    static void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException("A connection of the fault simulator could not be closed", e);
        }
    }
}
