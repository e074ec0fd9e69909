package io.nearfar.fallback;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Deletes the rows of partitions of a scope, some at a time: a statement on many may take longer than anybody waits. */
final class Forgetting {
    static final int MOST_AT_ONCE = 100;

    private static final byte[] NO_CONTENT = {0}; // some databases take no bytes for nothing at all

    private final Statements statements;
    private final String scope;
    private final int[] partitions;

    Forgetting(Statements statements, String scope, BitSet partitions) {
        this.statements = statements;
        this.scope = scope;
        this.partitions = partitions.stream().toArray();
    }

    /** Returns the identities of some rows that are there, in their order. */
    List<String> next(Session session, String after) throws SQLException {
        List<String> ids = new ArrayList<>();
        try (PreparedStatement statement = session.prepare(statements.idsInPartitions(partitions.length))) {
            statement.setMaxRows(MOST_AT_ONCE);
            statement.setString(1, scope);
            for (int i = 0; i < partitions.length; i++) {
                statement.setInt(i + 2, partitions[i]);
            }
            statement.setString(partitions.length + 2, after);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    ids.add(result.getString(1));
                }
            }
        }
        return ids;
    }

    /** Deletes rows, and empties those that are claimed; returns how many were deleted. */
    int forget(Session session, List<String> ids) throws SQLException {
        int deleted;
        try (PreparedStatement statement = session.prepare(statements.deleteUnclaimed(ids.size()))) {
            deleted = on(ids, 1, statement);
        }
        try (PreparedStatement statement = session.prepare(statements.empty(ids.size()))) {
            statement.setBytes(1, NO_CONTENT);
            on(ids, 2, statement);
        }
        return deleted;
    }

    private static int on(List<String> ids, int first, PreparedStatement statement) throws SQLException {
        for (int i = 0; i < ids.size(); i++) {
            statement.setString(first + i, ids.get(i));
        }
        return statement.executeUpdate();
    }
}
