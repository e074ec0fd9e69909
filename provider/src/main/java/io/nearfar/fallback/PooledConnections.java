package io.nearfar.fallback;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The connections of a DataSource, which keeps them open as it likes. */
record PooledConnections(DataSource source) implements Connections {
    @Override
    public <T> T on(Work<T> work) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return connection.getAutoCommit() ? work.with(connection) : committing(connection, work);
        }
    }

    /** Gives the connection back as the pool has set it up. */
    private static <T> T committing(Connection connection, Work<T> work) throws SQLException {
        connection.setAutoCommit(true);
        try {
            return work.with(connection);
        } finally {
            connection.setAutoCommit(false);
        }
    }
}
