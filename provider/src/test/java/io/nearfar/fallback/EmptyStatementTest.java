package io.nearfar.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.testing.TestDatabase;
import io.nearfar.tier.OutageRow;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a clear does to rows before it deletes those that nobody settles. */
class EmptyStatementTest {
    private final TestDatabase database = new TestDatabase();
    private final Statements statements = new Statements("ROWS_OF_TEST");
    private Connection connection;

    @BeforeEach
    void create() throws SQLException {
        connection = DriverManager.getConnection(database.url(), database.user(), "");
        statements.create("H2").forEach(database::run);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        database.close();
    }

    private void insert(String id, String scope, int partition, @Nullable String settler) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(statements.insert())) {
            RowColumns.set(statement, new OutageRow(id, scope, "cities", partition, 7, settler, new byte[] {1}));
            statement.executeUpdate();
        }
    }

    private int empty(String... ids) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(statements.empty(ids.length))) {
            statement.setBytes(1, new byte[0]);
            for (int i = 0; i < ids.length; i++) {
                statement.setString(2 + i, ids[i]);
            }
            return statement.executeUpdate();
        }
    }

    /** Claims as who has read the row as it was inserted. */
    private boolean isClaimed(String id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(statements.claim())) {
            statement.setLong(1, 8);
            statement.setString(2, "me");
            statement.setString(3, id);
            statement.setLong(4, 7);
            return statement.executeUpdate() == 1;
        }
    }

    private long bytesOf(String id) {
        return database.number("SELECT OCTET_LENGTH(content) FROM ROWS_OF_TEST WHERE id = '" + id + "'");
    }

    /** Else a claim could come between the two, and what was cleared be told to the far tier. */
    @Test
    void empty_leavesNoClaimOnWhatWasReadBefore() throws SQLException {
        insert("free", "scope", 3, null);
        insert("claimed", "scope", 3, "somebody");
        assertThat(empty("free", "claimed")).isEqualTo(2);
        assertThat(isClaimed("free")).isFalse();
        assertThat(isClaimed("claimed")).isFalse();
        assertThat(bytesOf("free")).isZero();
        assertThat(bytesOf("claimed")).isZero();
    }

    @Test
    void empty_leavesOtherRows() throws SQLException {
        insert("free", "scope", 3, null);
        insert("other", "scope", 3, null);
        assertThat(empty("free")).isOne();
        assertThat(bytesOf("other")).isOne();
        assertThat(isClaimed("other")).isTrue();
    }
}
