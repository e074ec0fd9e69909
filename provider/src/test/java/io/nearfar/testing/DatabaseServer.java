package io.nearfar.testing;

import java.sql.SQLException;
import org.h2.tools.Server;

/** Serves a {@link TestDatabase} over TCP on this machine, so that connections to it can break and fall silent. */
public final class DatabaseServer implements AutoCloseable {
    private final TestDatabase database;
    private Server server;

    public DatabaseServer(TestDatabase database) {
        this.database = database;
        this.server = start(0);
    }

    private static Server start(int port) {
        try {
            return Server.createTcpServer("-tcpPort", String.valueOf(port)).start();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public int port() {
        return server.getPort();
    }

    /** Breaks all connections, as a server does that is started anew. */
    public void restart() {
        int port = server.getPort();
        server.stop();
        server = start(port);
    }

    /** Returns the database's URL by way of a host and port. */
    public String url(String host) {
        return database.url().replace("jdbc:h2:", "jdbc:h2:tcp://" + host + "/");
    }

    @Override
    public void close() {
        server.stop();
    }
}
