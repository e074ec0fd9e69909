package io.nearfar.fallback;

import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * The statements, in the SQL that all databases share. Only the type for bytes has another
 * name in each.
 */
final class Statements {
    static final String COLUMNS = "id, scope, cache_name, partition_number, change_number, settler, content";

    private final String table;

    Statements(String table) {
        this.table = table;
    }

    String table() {
        return table;
    }

    String exists() {
        return "SELECT " + COLUMNS + ", changed_at FROM " + table + " WHERE 1 = 0";
    }

    String find(int ids) {
        return "SELECT " + COLUMNS + " FROM " + table + " WHERE id IN (" + marks(ids) + ")";
    }

    private static String marks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }

    String insert() {
        return "INSERT INTO " + table + " (" + COLUMNS + ", changed_at) VALUES (" + marks(8) + ")";
    }

    String update() {
        return "UPDATE " + table
                + " SET change_number = ?, settler = ?, content = ?, changed_at = ? WHERE id = ? AND change_number = ?";
    }

    String claim() {
        return "UPDATE " + table + " SET change_number = ?, settler = ? WHERE id = ? AND change_number = ?";
    }

    String delete() {
        return "DELETE FROM " + table + " WHERE id = ? AND change_number = ?";
    }

    String idsInPartitions(int partitions) {
        return "SELECT id FROM " + table + " WHERE scope = ? AND partition_number IN (" + marks(partitions)
                + ") AND id > ? ORDER BY id";
    }

    String deleteUnclaimed(int ids) {
        return "DELETE FROM " + table + " WHERE id IN (" + marks(ids) + ") AND settler IS NULL";
    }

    /** Who has claimed them before finds them changed. */
    String empty(int ids) {
        return "UPDATE " + table + " SET change_number = change_number + 1, content = ? WHERE id IN (" + marks(ids)
                + ")";
    }

    String page() {
        return "SELECT " + COLUMNS + " FROM " + table
                + " WHERE scope = ? AND partition_number >= 0 AND id > ? ORDER BY id";
    }

    /** For each scope how many rows there are, and when the oldest was changed. */
    String scopes() {
        return "SELECT scope, COUNT(*), MIN(changed_at) FROM " + table + " GROUP BY scope";
    }

    String old() {
        return "SELECT id FROM " + table + " WHERE changed_at < ?";
    }

    String deleteOld(int ids) {
        return "DELETE FROM " + table + " WHERE changed_at < ? AND id IN (" + marks(ids) + ")";
    }

    /** Returns what makes the table in a database of that product, as its driver calls it. */
    List<String> create(String product) {
        return List.of(
                "CREATE TABLE " + table + " (id VARCHAR(64) NOT NULL PRIMARY KEY, scope VARCHAR(64) NOT NULL,"
                        + " cache_name VARCHAR(200) NOT NULL, partition_number DECIMAL(3) NOT NULL,"
                        + " change_number DECIMAL(19) NOT NULL, settler VARCHAR(64), content " + bytes(product)
                        + " NOT NULL, changed_at DECIMAL(19) NOT NULL)",
                "CREATE INDEX " + table.substring(table.indexOf('.') + 1) + "_SCOPE ON " + table + " (scope, id)");
    }

    private static String bytes(String product) {
        String lower = product.toLowerCase(Locale.ROOT);
        if (lower.contains("postgresql")) {
            return "BYTEA";
        } else if (lower.contains("microsoft")) {
            return "VARBINARY(MAX)";
        } else if (lower.startsWith("db2") || lower.startsWith("hsql")) {
            return "BLOB(2G)"; // without a length, less
        }
        return lower.contains("mysql") || lower.contains("mariadb") ? "LONGBLOB" : "BLOB";
    }
}
