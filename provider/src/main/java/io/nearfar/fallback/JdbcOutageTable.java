package io.nearfar.fallback;

import io.nearfar.config.FallbackSettings;
import io.nearfar.tier.OutageRow;
import io.nearfar.tier.OutageTable;
import io.nearfar.tier.OutageTableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/** An outage table in a database. It is made at the first need, if that is allowed. */
public final class JdbcOutageTable implements OutageTable {
    private static final byte[] NO_CONTENT = {0}; // some databases take no bytes for nothing at all

    /** The fewest that every database takes in one list is 1,000. */
    private static final int MOST_IDS = 500;

    private static final long MOST_BYTES_OF_A_PAGE = 16_000_000;

    private static final String DUPLICATE = "23";

    private final Connections connections;
    private final Statements statements;
    private final int querySeconds;
    private volatile boolean there;

    JdbcOutageTable(Connections connections, String table, Duration queryTimeout) {
        this.connections = connections;
        this.statements = new Statements(table);
        this.querySeconds = (int) Math.max(1, queryTimeout.plusMillis(999).toSeconds());
    }

    /**
     * Finds the database that the settings name; opens no connection.
     *
     * @param properties of the manager, where they hold the DataSource itself
     * @param queryTimeout after which a statement is given up, in full seconds
     * @throws javax.cache.CacheException if there is none; names the setting and the cure
     */
    public static JdbcOutageTable open(FallbackSettings settings, Properties properties, Duration queryTimeout) {
        return new JdbcOutageTable(DataSources.of(settings, properties), settings.table(), queryTimeout);
    }

    private <T> T on(Connections.Work<T> work) {
        try {
            return connections.on(connection -> {
                if (!there) {
                    make(connection);
                    there = true;
                }
                return work.with(connection);
            });
        } catch (SQLException e) {
            there = false;
            throw new OutageTableException(text(e), e);
        }
    }

    /** A URL may hold a password, and DriverManager tells all of it. */
    private static String text(SQLException failure) {
        return (failure.getClass().getSimpleName() + " " + failure.getSQLState() + ": " + failure.getMessage())
                .replaceAll("\\s*\\R\\s*", " ")
                .replaceAll("(?i)((?:password|pwd)=)[^;&\\s]*", "$1***")
                .replaceAll("//[^/@\\s]*@", "//***@");
    }

    // ---- making it

    private void make(Connection connection) throws SQLException {
        if (exists(connection)) {
            return;
        }
        List<String> creation = statements.create(connection);
        try (Statement statement = connection.createStatement()) {
            for (String each : creation) {
                statement.execute(each);
            }
        } catch (SQLException e) {
            if (!exists(connection)) { // else another node was faster
                throw new OutageTableException(
                        "the table " + statements.table() + " cannot be read, and making it failed (" + text(e)
                                + "). Have it made by: " + String.join("; ", creation) + ";",
                        e);
            }
        }
    }

    private boolean exists(Connection connection) {
        try (PreparedStatement statement = prepared(connection, statements.exists())) {
            statement.executeQuery().close();
            return true;
        } catch (SQLException notThere) {
            return false;
        }
    }

    private PreparedStatement prepared(Connection connection, String text) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text);
        try {
            statement.setQueryTimeout(querySeconds);
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    // ---- reading

    @Override
    public List<OutageRow> find(Collection<String> ids) {
        List<String> all = new ArrayList<>(ids);
        return on(connection -> {
            List<OutageRow> found = new ArrayList<>();
            for (int from = 0; from < all.size(); from += MOST_IDS) {
                found.addAll(find(connection, all.subList(from, Math.min(all.size(), from + MOST_IDS))));
            }
            return found;
        });
    }

    private List<OutageRow> find(Connection connection, List<String> ids) throws SQLException {
        try (PreparedStatement statement = prepared(connection, statements.find(ids.size()))) {
            for (int i = 0; i < ids.size(); i++) {
                statement.setString(i + 1, ids.get(i));
            }
            return rows(statement);
        }
    }

    private static List<OutageRow> rows(PreparedStatement statement) throws SQLException {
        return rows(statement, Long.MAX_VALUE);
    }

    private static List<OutageRow> rows(PreparedStatement statement, long mostBytes) throws SQLException {
        List<OutageRow> rows = new ArrayList<>();
        long bytes = 0;
        try (ResultSet result = statement.executeQuery()) {
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

    @Override
    public List<OutageRow> page(String scope, String after, int most) {
        return on(connection -> {
            try (PreparedStatement statement = prepared(connection, statements.page())) {
                statement.setMaxRows(most);
                statement.setString(1, scope);
                statement.setString(2, after);
                return rows(statement, MOST_BYTES_OF_A_PAGE);
            }
        });
    }

    @Override
    public Set<String> scopes() {
        return on(connection -> {
            Set<String> scopes = new HashSet<>();
            try (PreparedStatement statement = prepared(connection, statements.scopes());
                    ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    scopes.add(result.getString(1));
                }
            }
            return scopes;
        });
    }

    // ---- changes

    @Override
    public boolean insert(OutageRow row) {
        return on(connection -> insert(connection, row));
    }

    private boolean insert(Connection connection, OutageRow row) throws SQLException {
        try (PreparedStatement statement = prepared(connection, statements.insert())) {
            statement.setString(1, row.id());
            statement.setString(2, row.scope());
            statement.setString(3, row.cache());
            statement.setInt(4, row.partition());
            statement.setLong(5, row.number());
            statement.setString(6, row.settler());
            statement.setBytes(7, row.content());
            return statement.executeUpdate() == 1;
        } catch (SQLException e) {
            if (String.valueOf(e.getSQLState()).startsWith(DUPLICATE)) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public boolean update(OutageRow row, long number) {
        return on(connection -> update(connection, row, number));
    }

    private boolean update(Connection connection, OutageRow row, long number) throws SQLException {
        try (PreparedStatement statement = prepared(connection, statements.update())) {
            statement.setLong(1, row.number());
            statement.setString(2, row.settler());
            statement.setBytes(3, row.content());
            statement.setString(4, row.id());
            statement.setLong(5, number);
            return statement.executeUpdate() == 1;
        }
    }

    @Override
    public boolean claim(OutageRow row, long number) {
        return on(connection -> {
            try (PreparedStatement statement = prepared(connection, statements.claim())) {
                statement.setLong(1, row.number());
                statement.setString(2, row.settler());
                statement.setString(3, row.id());
                statement.setLong(4, number);
                return statement.executeUpdate() == 1;
            }
        });
    }

    @Override
    public void delete(String id, long number) {
        on(connection -> {
            try (PreparedStatement statement = prepared(connection, statements.delete())) {
                statement.setString(1, id);
                statement.setLong(2, number);
                return statement.executeUpdate();
            }
        });
    }

    @Override
    public void forget(String scope, BitSet partitions) {
        int[] numbers = partitions.stream().toArray();
        on(connection -> {
            try (PreparedStatement statement = prepared(connection, statements.emptyClaimed(numbers.length))) {
                statement.setBytes(1, NO_CONTENT);
                return inPartitions(statement, 2, scope, numbers);
            }
        });
        on(connection -> {
            try (PreparedStatement statement = prepared(connection, statements.deleteUnclaimed(numbers.length))) {
                return inPartitions(statement, 1, scope, numbers);
            }
        });
    }

    private static int inPartitions(PreparedStatement statement, int first, String scope, int[] numbers)
            throws SQLException {
        statement.setString(first, scope);
        for (int i = 0; i < numbers.length; i++) {
            statement.setInt(first + 1 + i, numbers[i]);
        }
        return statement.executeUpdate();
    }

    @Override
    public boolean clear(OutageRow row, long number, BitSet partitions) {
        return on(connection -> {
            connection.setAutoCommit(false);
            try {
                boolean noted = number == OutageRow.NONE ? insert(connection, row) : update(connection, row, number);
                if (noted) {
                    deletePartitions(
                            connection, row.scope(), partitions.stream().toArray());
                    connection.commit();
                }
                return noted;
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        });
    }

    private void deletePartitions(Connection connection, String scope, int[] partitions) throws SQLException {
        try (PreparedStatement statement = prepared(connection, statements.deletePartitions(partitions.length))) {
            inPartitions(statement, 1, scope, partitions);
        }
    }

    @Override
    public void close() {
        connections.close();
    }
}
