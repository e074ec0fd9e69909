package io.nearfar.fallback;

import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;
import java.util.Locale;
import java.util.Set;

/**
 * What a failure says of the database. Not every driver throws the subclasses of {@link SQLException}: PostgreSQL's tells
 * by the state alone.
 */
enum SqlFailure {
    /** Others were in the way, and nothing was done. */
    CONTENTION,

    /** What was to be stored cannot be; other rows can. */
    ROW,

    /** The connection is of no use any more. */
    GONE,

    /** The answer did not come in time. */
    TIMEOUT,

    /** The statement or the table is not as it should be, or the user may not. */
    TABLE,

    /** Nobody can tell. */
    OTHER;

    /** A deadlock has a class of its own in Oracle. */
    private static final Set<String> CONTENDED = Set.of("40", "61");

    private static final Set<String> OF_DATA = Set.of("22", "23");

    /** PostgreSQL: shut down by its administrator, after a crash, not yet started. */
    private static final Set<String> SHUT_DOWN = Set.of("57P01", "57P02", "57P03");

    /** PostgreSQL: cancelled, for a timeout of the statement; a lock that did not come free. */
    private static final Set<String> CANCELLED = Set.of("57014", "55P03");

    static SqlFailure of(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        String ofClass = state.substring(0, Math.min(2, state.length()));
        if (failure instanceof SQLTimeoutException || state.startsWith("HYT") || CANCELLED.contains(state)) {
            return TIMEOUT;
        } else if (failure instanceof SQLTransactionRollbackException || CONTENDED.contains(ofClass)) {
            return CONTENTION;
        } else if (isPacketTooLarge(failure) || isOfData(failure, ofClass)) {
            return ROW;
        } else if (isOfConnection(failure) || ofClass.equals("08") || SHUT_DOWN.contains(state)) {
            return GONE;
        }
        return ofClass.equals("42") ? TABLE : OTHER;
    }

    private static boolean isOfConnection(SQLException failure) {
        return failure instanceof SQLNonTransientConnectionException
                || failure instanceof SQLTransientConnectionException
                || failure instanceof SQLRecoverableException;
    }

    private static boolean isOfData(SQLException failure, String ofClass) {
        return failure instanceof SQLDataException
                || failure instanceof SQLIntegrityConstraintViolationException
                || OF_DATA.contains(ofClass);
    }

    /** MySQL and MariaDB refuse a long statement, under several states, some of them a connection's. */
    private static boolean isPacketTooLarge(SQLException failure) {
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("max_allowed_packet") || text.contains("packet for query is too large");
    }

    /** Tells whether a connection on which this happened may be used for something else. */
    boolean leavesConnection() {
        return this == CONTENTION || this == ROW;
    }
}
