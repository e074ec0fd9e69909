package io.nearfar.sample.data;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Loads a database that was not loaded yet. Nodes that share one may start together: who holds the row of the table
 * {@code loaded} loads, on another connection because making tables ends a transaction; the others wait for the row and
 * find the work done.
 */
final class LoadOnce {
    private final DataSource database;

    LoadOnce(DataSource database) {
        this.database = database;
    }

    /** Returns the number of cities loaded by this call, 0 if they were there. */
    int run(CityFile file) throws IOException, SQLException {
        try (Connection guard = database.getConnection()) {
            prepare(guard);
            guard.setAutoCommit(false);
            try {
                int cities = before(guard) > 0 ? 0 : load(guard, file);
                guard.commit();
                return cities;
            } catch (IOException | SQLException | RuntimeException failure) {
                guard.rollback();
                throw failure;
            }
        }
    }

    /** Leaves the table and its row there; H2 lets nodes that start together collide in making either. */
    private static void prepare(Connection guard) throws SQLException {
        try (Statement statement = guard.createStatement()) {
            makeTable(statement);
            makeRow(statement);
        }
    }

    private static void makeTable(Statement statement) throws SQLException {
        try {
            statement.execute("CREATE TABLE IF NOT EXISTS loaded (id INT PRIMARY KEY, cities INT NOT NULL)");
        } catch (SQLException collision) {
            statement.execute("SELECT cities FROM loaded");
        }
    }

    private static void makeRow(Statement statement) throws SQLException {
        try {
            statement.execute("MERGE INTO loaded USING (VALUES (1)) AS one (id) ON loaded.id = one.id"
                    + " WHEN NOT MATCHED THEN INSERT VALUES (1, 0)");
        } catch (SQLIntegrityConstraintViolationException collision) {
            statement.execute("SELECT cities FROM loaded WHERE id = 1");
        }
    }

    private static int before(Connection guard) throws SQLException {
        try (Statement statement = guard.createStatement();
                ResultSet row = statement.executeQuery("SELECT cities FROM loaded WHERE id = 1 FOR UPDATE")) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    private int load(Connection guard, CityFile file) throws IOException, SQLException {
        try (Connection work = database.getConnection();
                PreparedStatement done = guard.prepareStatement("UPDATE loaded SET cities = ? WHERE id = 1")) {
            int cities = new BulkLoad(work).run(file);
            done.setInt(1, cities);
            done.executeUpdate();
            return cities;
        }
    }
}
