package io.nearfar.testkit.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A door on the loopback address through which one node reaches its server, and behind which {@link Faults} may happen. The
 * JUnit extension opens one for each test; for other frameworks:
 *
 * <pre>{@code
 * try (FaultSimulator simulator = new FaultSimulator("localhost", 6379)) {
 *     settings.setProperty("nearfar.address", "redis://127.0.0.1:" + simulator.port());
 *     ...
 * }
 * }</pre>
 *
 * It speaks Redis's protocol without TLS and stands for one server: a cluster, or a server that names others, leads nodes past
 * it. For any number of threads.
 */
public final class FaultSimulator implements AutoCloseable {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int BACKLOG = 50;

    private final InetSocketAddress server;
    private final ServerSocket door;
    private final Rules rules = new Rules();
    private final Courier courier = new Courier(rules);
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Faults faults = new Faults(rules, courier, this::cut);

    /**
     * Opens the door; the server need not be there yet.
     *
     * @param host the server's name or address
     * @param port the server's port
     * @throws UncheckedIOException if no port can be had
     */
    public FaultSimulator(String host, int port) {
        server = new InetSocketAddress(host, port);
        try {
            door = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("The fault simulator gets no port on the loopback address", e);
        }
        Threads.start(this::accept);
    }

    /** Returns the port of the door, at 127.0.0.1. */
    public int port() {
        return door.getLocalPort();
    }

    /** Returns what can go wrong. */
    public Faults faults() {
        return faults;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                welcome(door.accept());
            } catch (IOException e) {
                // closed, which the loop looks at, or a visitor that has gone already
            }
        }
    }

    private void welcome(Socket client) {
        if (rules.refuse()) {
            Connection.close(client);
        } else {
            Threads.start(() -> connect(client));
        }
    }

    private void connect(Socket client) {
        Socket toServer = new Socket();
        try {
            toServer.connect(server, CONNECT_MILLIS);
            open(new Connection(client, toServer, rules, courier, connections::remove));
        } catch (IOException e) {
            Connection.close(client); // nobody is there
            Connection.close(toServer);
        }
    }

    /** One that comes while all are cut is cut as well. */
    private void open(Connection connection) {
        connections.add(connection);
        if (door.isClosed() || rules.refuse()) {
            connection.close();
        } else {
            connection.start();
        }
    }

    private int cut() {
        int count = 0;
        for (Connection connection : connections) {
            connection.close();
            count++;
        }
        return count;
    }

    /** Closes the door, cuts what is open and ends all threads. */
    @Override
    public void close() {
        faults.heal();
        Connection.close(door);
        cut();
        courier.close();
    }
}
