package io.nearfar.fallback;

import io.nearfar.tier.OutageRow;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes the columns of a row, in the order of {@link Statements#COLUMNS}. */
final class RowColumns {
    private RowColumns() {}

    /** Returns the rows that a question finds, in their order; not all if they have more bytes than that, but one. */
    static List<OutageRow> read(PreparedStatement question, long mostBytes) throws SQLException {
        List<OutageRow> rows = new ArrayList<>();
        long bytes = 0;
        try (ResultSet result = question.executeQuery()) {
            while (bytes < mostBytes && result.next()) {
                OutageRow row = row(result);
                bytes += row.content().length;
                rows.add(row);
            }
        }
        return rows;
    }

    private static OutageRow row(ResultSet result) throws SQLException {
        byte[] content = result.getBytes(7);
        return new OutageRow(
                result.getString(1),
                result.getString(2),
                result.getString(3),
                result.getInt(4),
                result.getLong(5),
                result.getString(6),
                content == null ? new byte[0] : content);
    }

    /** Sets the columns of an insertion. */
    static void set(PreparedStatement insertion, OutageRow row) throws SQLException {
        insertion.setString(1, row.id());
        insertion.setString(2, row.scope());
        insertion.setString(3, row.cache());
        insertion.setInt(4, row.partition());
        insertion.setLong(5, row.number());
        insertion.setString(6, row.settler());
        insertion.setBytes(7, row.content());
        insertion.setLong(8, now());
    }

    /** Sets the columns of an update of the row that has the number. */
    static void setUpdate(PreparedStatement update, OutageRow row, long number) throws SQLException {
        update.setLong(1, row.number());
        update.setString(2, row.settler());
        update.setBytes(3, row.content());
        update.setLong(4, now());
        update.setString(5, row.id());
        update.setLong(6, number);
    }

    /** In seconds, by the clock of this node: for no more than to tell rows of last month from others. */
    static long now() {
        return Instant.now().getEpochSecond();
    }
}
