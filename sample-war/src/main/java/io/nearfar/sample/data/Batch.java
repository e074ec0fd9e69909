package io.nearfar.sample.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** An insertion of many rows, sent to the database a thousand at a time. */
final class Batch implements AutoCloseable {
    private static final int SIZE = 1_000;

    private final PreparedStatement statement;
    private int waiting;

    Batch(Connection connection, String sql) throws SQLException {
        statement = connection.prepareStatement(sql);
    }

    /** Adds a row; a null is stored as such. */
    void add(@Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        statement.addBatch();
        waiting++;
        if (waiting == SIZE) {
            flush();
        }
    }

    private void flush() throws SQLException {
        statement.executeBatch();
        waiting = 0;
    }

    /** Sends what is left. */
    @Override
    public void close() throws SQLException {
        try (statement) {
            flush();
        }
    }
}
