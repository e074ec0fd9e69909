package io.nearfar.fallback;

import io.nearfar.config.FallbackSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/** Connections to a URL. Those that worked are kept open for the next; as many as were in use at once at most. */
final class UrlConnections implements Connections {
    private final String url;
    private final Properties properties = new Properties();
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    UrlConnections(FallbackSettings settings) {
        this.url = settings.source();
        put("user", settings.user());
        put("password", settings.password());
    }

    private void put(String key, @Nullable String text) {
        if (text != null) {
            properties.setProperty(key, text);
        }
    }

    @Override
    public <T> T on(Work<T> work) throws SQLException {
        Connection kept = idle.pollFirst();
        Connection connection = kept == null ? DriverManager.getConnection(url, properties) : kept;
        try {
            T result = work.with(connection);
            giveBack(connection);
            return result;
        } catch (SQLException | RuntimeException e) {
            close(connection);
            closeIdle(); // what was kept has most likely gone with it
            throw e;
        }
    }

    private void giveBack(Connection connection) {
        idle.addFirst(connection);
        if (closed) {
            closeIdle();
        }
    }

    @Override
    public void close() {
        closed = true;
        closeIdle();
    }

    private void closeIdle() {
        for (Connection each = idle.pollFirst(); each != null; each = idle.pollFirst()) {
            close(each);
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException alreadyBroken) {
            return;
        }
    }
}
