package io.nearfar.fallback;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.Executor;

/** How long a connection waits for its server, where its driver knows of that. */
final class NetworkTimeout {
    private static final Executor HERE = Runnable::run;

    private NetworkTimeout() {}

    /** Sets it. */
    static void set(Connection connection, int millis) throws SQLException {
        try {
            connection.setNetworkTimeout(HERE, millis);
        } catch (SQLFeatureNotSupportedException | AbstractMethodError notKnown) {
            return;
        }
    }

    /** Sets it back on a connection that may have broken meanwhile. */
    static void reset(Connection connection, int millis) {
        try {
            set(connection, millis);
        } catch (SQLException broken) {
            return;
        }
    }

    /** Returns it; 0 if it waits for ever. */
    static int of(Connection connection) throws SQLException {
        try {
            return connection.getNetworkTimeout();
        } catch (SQLFeatureNotSupportedException | AbstractMethodError notKnown) {
            return 0;
        }
    }
}
