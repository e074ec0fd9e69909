package io.nearfar.fallback;

import java.sql.SQLException;

/** Where connections to the database come from. Safe for use by several threads. */
interface Connections extends AutoCloseable {
    /**
     * Does work on a connection that is given back afterwards. It is done a second time if the connection was found to be
     * of no use, which may have been so before it began.
     *
     * @param budget how long the server is waited for, where the driver can be told
     */
    <T> T on(Budget budget, Session.Work<T> work) throws SQLException;

    /** Frees what is kept open here; waits a second at most. */
    @Override
    default void close() {}
}
