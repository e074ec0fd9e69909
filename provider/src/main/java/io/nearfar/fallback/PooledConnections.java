package io.nearfar.fallback;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The connections of a DataSource, which keeps them open as it likes, and may keep dead ones. */
record PooledConnections(DataSource source) implements Connections {
    @Override
    public <T> T on(Budget budget, Session.Work<T> work) throws SQLException {
        try {
            return once(budget, false, work);
        } catch (SQLException e) {
            if (SqlFailure.of(e) != SqlFailure.GONE || budget.isOver()) {
                throw e;
            }
            return once(budget, true, work);
        }
    }

    private <T> T once(Budget budget, boolean isSecond, Session.Work<T> work) throws SQLException {
        try (Connection connection = source.getConnection()) {
            Session session = new Session(connection, budget, isSecond);
            return connection.getAutoCommit() ? inTime(session, work) : committing(session, work);
        }
    }

    /** Gives the connection back as the pool has set it up. */
    private static <T> T committing(Session session, Session.Work<T> work) throws SQLException {
        session.connection().setAutoCommit(true);
        try {
            return inTime(session, work);
        } finally {
            session.connection().setAutoCommit(false);
        }
    }

    /** Likewise. */
    private static <T> T inTime(Session session, Session.Work<T> work) throws SQLException {
        Connection connection = session.connection();
        int before = NetworkTimeout.of(connection);
        NetworkTimeout.set(connection, session.budget().millis());
        try {
            return work.with(session);
        } finally {
            NetworkTimeout.reset(connection, before);
        }
    }
}
