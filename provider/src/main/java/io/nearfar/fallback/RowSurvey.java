package io.nearfar.fallback;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks over a table: counts its rows, and deletes some that are older than any outage. They are of caches that no node
 * opens any more, for whoever opens one settles its rows.
 */
final class RowSurvey {
    static final Duration RETENTION = Duration.ofDays(30);

    /** So few that the deletion takes no longer than other statements. */
    private static final int MOST_AT_ONCE = 500;

    private final Statements statements;
    private final RowCount count;

    RowSurvey(Statements statements, RowCount count) {
        this.statements = statements;
        this.count = count;
    }

    /** Returns the scopes of which there are rows. */
    Set<String> scopes(Session session) throws SQLException {
        Set<String> scopes = new HashSet<>();
        long before = count.known();
        long rows = 0;
        long horizon = RowColumns.now() - RETENTION.toSeconds();
        boolean tooOld = false;
        try (PreparedStatement statement = session.prepare(statements.scopes());
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                scopes.add(result.getString(1));
                rows += result.getLong(2);
                tooOld |= result.getLong(3) < horizon;
            }
        }
        count.counted(rows, before);
        if (tooOld) {
            deleteOld(session, horizon);
        }
        return scopes;
    }

    private void deleteOld(Session session, long horizon) throws SQLException {
        List<String> ids = old(session, horizon);
        if (ids.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = session.prepare(statements.deleteOld(ids.size()))) {
            statement.setLong(1, horizon);
            for (int i = 0; i < ids.size(); i++) {
                statement.setString(i + 2, ids.get(i));
            }
            count.deleted(statement.executeUpdate());
        }
    }

    private List<String> old(Session session, long horizon) throws SQLException {
        List<String> ids = new ArrayList<>();
        try (PreparedStatement statement = session.prepare(statements.old())) {
            statement.setMaxRows(MOST_AT_ONCE);
            statement.setLong(1, horizon);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    ids.add(result.getString(1));
                }
            }
        }
        return ids;
    }
}
