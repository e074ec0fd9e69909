package io.nearfar.fallback;

import java.sql.Connection;
import java.sql.SQLException;

/** Where connections to the database come from. Safe for use by several threads. */
interface Connections extends AutoCloseable {
    /** Does work on a connection that is given back afterwards. */
    <T> T on(Work<T> work) throws SQLException;

    /** Frees what is kept open here. */
    @Override
    default void close() {}

    /** What is done on a connection, which is in auto-commit mode. */
    @FunctionalInterface
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }
}
