package io.nearfar.fallback;

import io.nearfar.tier.OutageRow;
import io.nearfar.tier.OutageTable.Writing;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Stores many rows by one statement that is sent once for all of them, within a transaction. */
final class RowBatch {
    private RowBatch() {}

    /** Inserts rows and puts others in place of what has their number; returns the identities of those that were stored. */
    static Set<String> store(Session session, Statements statements, List<Writing> writings) throws SQLException {
        List<Writing> first = writings.stream().filter(RowBatch::isFirst).toList();
        List<Writing> others = writings.stream().filter(each -> !isFirst(each)).toList();
        Set<String> stored = new HashSet<>(insert(session, statements.insert(), first));
        stored.addAll(update(session, statements.update(), others));
        return stored;
    }

    /** An insertion is made or fails; not every driver counts those of a batch. */
    private static List<String> insert(Session session, String text, List<Writing> writings) throws SQLException {
        try (PreparedStatement statement = session.prepare(text)) {
            for (Writing each : writings) {
                RowColumns.set(statement, each.row());
                statement.addBatch();
            }
            send(statement, writings);
            return writings.stream().map(each -> each.row().id()).toList();
        }
    }

    private static List<String> update(Session session, String text, List<Writing> writings) throws SQLException {
        try (PreparedStatement statement = session.prepare(text)) {
            for (Writing each : writings) {
                RowColumns.setUpdate(statement, each.row(), each.number());
                statement.addBatch();
            }
            return made(send(statement, writings), writings);
        }
    }

    private static int[] send(PreparedStatement statement, List<Writing> writings) throws SQLException {
        return writings.isEmpty() ? new int[0] : statement.executeBatch();
    }

    private static List<String> made(int[] counts, List<Writing> writings) throws SQLException {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == Statement.SUCCESS_NO_INFO) {
                throw new SQLException("the driver does not tell how many rows each statement of a batch has changed");
            } else if (counts[i] > 0) {
                made.add(writings.get(i).row().id());
            }
        }
        return made;
    }

    static boolean isFirst(Writing writing) {
        return writing.number() == OutageRow.NONE;
    }
}
