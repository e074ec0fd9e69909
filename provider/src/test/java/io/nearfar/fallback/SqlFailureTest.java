package io.nearfar.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlFailureTest {
    /** As the databases' manuals have them. */
    @ParameterizedTest
    @CsvSource({
        "40001, CONTENTION, every database: serialization or deadlock",
        "40P01, CONTENTION, PostgreSQL: deadlock",
        "61000, CONTENTION, Oracle: deadlock",
        "22001, ROW, too long",
        "23502, ROW, null where none may be",
        "S1000, ROW, Packet for query is too large (5000000 > 4194304)",
        "08S01, ROW, Got a packet bigger than 'max_allowed_packet' bytes",
        "08006, GONE, PostgreSQL: connection failure",
        "57P01, GONE, PostgreSQL: terminating connection due to administrator command",
        "57014, TIMEOUT, PostgreSQL: canceling statement due to statement timeout",
        "55P03, TIMEOUT, PostgreSQL: lock not available",
        "HYT00, TIMEOUT, SQL Server: lock request time out",
        "42P01, TABLE, PostgreSQL: no such table",
        "42501, TABLE, PostgreSQL: permission denied",
        "53100, OTHER, PostgreSQL: disk full",
        "72000, OTHER, Oracle: value too large for column",
        "HY000, OTHER, whatever",
        ", OTHER, no state"
    })
    void state_tellsWhatItConcerns(String state, SqlFailure expected, String text) {
        assertThat(SqlFailure.of(new SQLException(text, state))).isEqualTo(expected);
    }

    @Test
    void subclass_tellsItToo() {
        assertThat(SqlFailure.of(new SQLTransactionRollbackException("x"))).isEqualTo(SqlFailure.CONTENTION);
        assertThat(SqlFailure.of(new SQLDataException("x"))).isEqualTo(SqlFailure.ROW);
        assertThat(SqlFailure.of(new SQLIntegrityConstraintViolationException("x")))
                .isEqualTo(SqlFailure.ROW);
        assertThat(SqlFailure.of(new SQLTimeoutException("x"))).isEqualTo(SqlFailure.TIMEOUT);
        assertThat(SqlFailure.of(new SQLRecoverableException("x"))).isEqualTo(SqlFailure.GONE);
        assertThat(SqlFailure.of(new SQLTransientConnectionException("x"))).isEqualTo(SqlFailure.GONE);
        assertThat(SqlFailure.of(new SQLNonTransientConnectionException("x"))).isEqualTo(SqlFailure.GONE);
    }
}
