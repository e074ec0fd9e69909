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

    /** Does work of several statements, all or, if it throws, nothing. */
    <T> T atOnce(Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            T result = work.with(this);
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException e) {
            rollBack(e);
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private void rollBack(Exception why) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            why.addSuppressed(e);
        }
    }

    /** What is done in a session. */
    @FunctionalInterface
    interface Work<T> {
        T with(Session session) throws SQLException;
    }
}
