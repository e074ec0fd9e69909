package io.nearfar.fallback;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * A connection, and how long its server is waited for.
 *
 * @param connection in auto-commit mode
 * @param isSecond whether the work may have been done already, on a connection that broke
 */
record Session(Connection connection, Budget budget, boolean isSecond) {
    PreparedStatement prepare(String text) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text);
        try {
            statement.setQueryTimeout(budget.seconds());
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    /** Does work of several statements, all or nothing; nothing if it returns false. */
    boolean atOnce(Work<Boolean> work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            boolean done = work.with(this);
            if (done) {
                connection.commit();
            }
            return done;
        } finally {
            endTransaction();
        }
    }

    private void endTransaction() throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
    }

    /** What is done in a session. */
    @FunctionalInterface
    interface Work<T> {
        T with(Session session) throws SQLException;
    }
}
