package io.nearfar.fallback;

import io.nearfar.tier.OutageRefusalException;
import io.nearfar.tier.OutageTableException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * One table of a database. It is made at the first need, if that is allowed. What others were in the way of is asked again
 * once. Safe for use by several threads.
 */
final class DatabaseTable implements AutoCloseable {
    private final Connections connections;
    private final Statements statements;
    private volatile boolean there;

    DatabaseTable(Connections connections, Statements statements) {
        this.connections = connections;
        this.statements = statements;
    }

    Statements statements() {
        return statements;
    }

    /**
     * Does work on the table.
     *
     * @throws OutageRefusalException if others were in the way
     * @throws OutageTableException if the database does not do its part
     */
    <T> T ask(Budget budget, Session.Work<T> work) {
        try {
            return twice(budget, work);
        } catch (SQLException e) {
            throw SqlFailure.of(e) == SqlFailure.CONTENTION ? refusal(e) : failure(e);
        }
    }

    /**
     * Likewise, work that stores something.
     *
     * @throws OutageRefusalException also if the database does not store this, but would store other things
     */
    <T> T store(Budget budget, Session.Work<T> work) {
        try {
            return twice(budget, work);
        } catch (SQLException e) {
            throw isRefusal(budget, SqlFailure.of(e)) ? refusal(e) : failure(e);
        }
    }

    /**
     * Likewise, work of several statements, all or nothing.
     *
     * @throws OutageRefusalException also if the database has done a part of it and nobody can tell which
     */
    <T> T storeTogether(Budget budget, Session.Work<T> work) {
        return store(budget, session -> session.atOnce(work));
    }

    private <T> T twice(Budget budget, Session.Work<T> work) throws SQLException {
        try {
            return on(budget, work);
        } catch (SQLException e) {
            if (SqlFailure.of(e) != SqlFailure.CONTENTION || budget.isOver()) {
                throw e;
            }
            return on(budget, work);
        }
    }

    private <T> T on(Budget budget, Session.Work<T> work) throws SQLException {
        return connections.on(budget, session -> {
            if (!there) {
                make(session);
                there = true;
            }
            return work.with(session);
        });
    }

    /** What no state tells is found out: a table that answers has refused what it was to store. */
    private boolean isRefusal(Budget budget, SqlFailure failure) {
        return switch (failure) {
            case CONTENTION, ROW -> true;
            case OTHER -> answers(budget);
            default -> false;
        };
    }

    private boolean answers(Budget budget) {
        try {
            return connections.on(budget, this::exists);
        } catch (SQLException e) {
            return false;
        }
    }

    private OutageTableException failure(SQLException e) {
        there = false;
        return new OutageTableException(text(e), e);
    }

    private static OutageRefusalException refusal(SQLException e) {
        return new OutageRefusalException(text(e), e);
    }

    /** A URL may hold a password, and DriverManager tells all of it. */
    private static String text(SQLException failure) {
        return (failure.getClass().getSimpleName() + " " + failure.getSQLState() + ": " + failure.getMessage())
                .replaceAll("\\s*\\R\\s*", " ")
                .replaceAll("(?i)((?:password|pwd)=)[^;&\\s]*", "$1***")
                .replaceAll("//[^/@\\s]*@", "//***@");
    }

    // ---- making it

    private void make(Session session) throws SQLException {
        if (exists(session)) {
            return;
        }
        List<String> creation =
                statements.create(session.connection().getMetaData().getDatabaseProductName());
        try (Statement statement = session.connection().createStatement()) {
            for (String each : creation) {
                statement.execute(each);
            }
        } catch (SQLException e) {
            if (SqlFailure.of(e) == SqlFailure.CONTENTION) {
                throw e;
            } else if (!exists(session)) { // else another node was faster
                throw new OutageTableException(
                        "the table " + statements.table() + " cannot be read, and making it failed (" + text(e)
                                + "). Have it made by: " + String.join("; ", creation) + ";",
                        e);
            }
        }
    }

    private boolean exists(Session session) {
        try (PreparedStatement statement = session.prepare(statements.exists())) {
            statement.executeQuery().close();
            return true;
        } catch (SQLException notThere) {
            return false;
        }
    }

    @Override
    public void close() {
        connections.close();
    }
}
