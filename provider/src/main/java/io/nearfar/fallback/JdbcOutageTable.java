package io.nearfar.fallback;

import io.nearfar.config.FallbackSettings;
import io.nearfar.tier.OutageRow;
import io.nearfar.tier.OutageTable;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/*
 * What may be done twice
 * ======================
 * A connection that lay idle may be dead, and whoever finds it so cannot tell whether the server has got the statement. So
 * each is such that it may be done again, on another connection: a row that is then as it was to be stored was stored by
 * whoever asks, for nobody else stores that content under that number.
 */

/** An outage table in a database. */
public final class JdbcOutageTable implements OutageTable {
    /** The fewest that every database takes in one list is 1,000. */
    private static final int MOST_IDS = 500;

    private static final long MOST_BYTES_OF_A_PAGE = 16_000_000;

    private static final String DUPLICATE = "23";

    private final DatabaseTable table;
    private final Statements statements;
    private final RowCount count;
    private final Supplier<Budget> budget;

    private JdbcOutageTable(DatabaseTable table, RowCount count, Supplier<Budget> budget) {
        this.table = table;
        this.statements = table.statements();
        this.count = count;
        this.budget = budget;
    }

    /**
     * Finds the database that the settings name; opens no connection.
     *
     * @param properties of the manager, where they hold the DataSource itself
     * @param patience how long an operation waits that nobody has told until when
     * @throws javax.cache.CacheException if there is none; names the setting and the cure
     */
    public static JdbcOutageTable open(FallbackSettings settings, Properties properties, Duration patience) {
        DatabaseTable table = new DatabaseTable(DataSources.of(settings, properties), new Statements(settings.table()));
        RowCount count = new RowCount(settings.table(), settings.entries());
        return new JdbcOutageTable(table, count, () -> Budget.of(patience));
    }

    @Override
    public OutageTable until(long nanoTime) {
        Budget fixed = new Budget(nanoTime);
        return new JdbcOutageTable(table, count, () -> fixed);
    }

    private <T> T ask(Session.Work<T> work) {
        return table.ask(budget.get(), work);
    }

    private <T> T store(Session.Work<T> work) {
        return table.store(budget.get(), work);
    }

    // ---- reading

    @Override
    public List<OutageRow> find(Collection<String> ids) {
        List<String> all = new ArrayList<>(ids);
        return ask(session -> {
            List<OutageRow> found = new ArrayList<>();
            for (int from = 0; from < all.size(); from += MOST_IDS) {
                found.addAll(find(session, all.subList(from, Math.min(all.size(), from + MOST_IDS))));
            }
            return found;
        });
    }

    private List<OutageRow> find(Session session, List<String> ids) throws SQLException {
        try (PreparedStatement statement = session.prepare(statements.find(ids.size()))) {
            for (int i = 0; i < ids.size(); i++) {
                statement.setString(i + 1, ids.get(i));
            }
            return RowColumns.read(statement, Long.MAX_VALUE);
        }
    }

    @Override
    public List<OutageRow> page(String scope, String after, int most) {
        return ask(session -> {
            try (PreparedStatement statement = session.prepare(statements.page())) {
                statement.setMaxRows(most);
                statement.setString(1, scope);
                statement.setString(2, after);
                return RowColumns.read(statement, MOST_BYTES_OF_A_PAGE);
            }
        });
    }

    @Override
    public Set<String> scopes() {
        return ask(new RowSurvey(statements, count)::scopes);
    }

    // ---- changes

    @Override
    public boolean insert(OutageRow row) {
        count.mustTake(1);
        boolean inserted = store(session -> isInserted(session, row));
        count.added(inserted ? 1 : 0);
        return inserted;
    }

    private boolean isInserted(Session session, OutageRow row) throws SQLException {
        try {
            return insert(session, row);
        } catch (SQLException e) {
            if (!isDuplicate(e)) {
                throw e;
            }
            List<OutageRow> there = find(session, List.of(row.id()));
            if (there.isEmpty()) {
                throw e; // it breaks another rule than that a row is there once
            }
            return session.isSecond() && isSame(there.get(0), row);
        }
    }

    private boolean insert(Session session, OutageRow row) throws SQLException {
        try (PreparedStatement statement = session.prepare(statements.insert())) {
            RowColumns.set(statement, row);
            return statement.executeUpdate() == 1;
        }
    }

    private static boolean isDuplicate(SQLException failure) {
        return String.valueOf(failure.getSQLState()).startsWith(DUPLICATE);
    }

    private static boolean isSame(OutageRow found, OutageRow row) {
        return found.number() == row.number() && Arrays.equals(found.content(), row.content());
    }

    /** Tells whether it was this that stored the row, the first time. */
    private boolean wasStored(Session session, OutageRow row) throws SQLException {
        return session.isSecond() && find(session, List.of(row.id())).stream().anyMatch(found -> isSame(found, row));
    }

    @Override
    public boolean update(OutageRow row, long number) {
        return store(session -> update(session, row, number) || wasStored(session, row));
    }

    private boolean update(Session session, OutageRow row, long number) throws SQLException {
        try (PreparedStatement statement = session.prepare(statements.update())) {
            RowColumns.setUpdate(statement, row, number);
            return statement.executeUpdate() == 1;
        }
    }

    @Override
    public Set<String> storeAll(Collection<Writing> writings) {
        List<Writing> all = List.copyOf(writings);
        long first = all.stream().filter(RowBatch::isFirst).count();
        count.mustTake(first);
        Set<String> stored = table.storeTogether(budget.get(), session -> RowBatch.store(session, statements, all));
        count.added(first);
        return stored;
    }

    @Override
    public boolean claim(OutageRow row, long number) {
        return ask(session -> {
            try (PreparedStatement statement = session.prepare(statements.claim())) {
                statement.setLong(1, row.number());
                statement.setString(2, row.settler());
                statement.setString(3, row.id());
                statement.setLong(4, number);
                return statement.executeUpdate() == 1;
            }
        });
    }

    @Override
    public boolean delete(String id, long number) {
        int deleted = ask(session -> {
            try (PreparedStatement statement = session.prepare(statements.delete())) {
                statement.setString(1, id);
                statement.setLong(2, number);
                return statement.executeUpdate();
            }
        });
        count.deleted(deleted);
        return deleted > 0;
    }

    @Override
    public @Nullable String forget(String scope, BitSet partitions, String after) {
        Forgetting forgetting = new Forgetting(statements, scope, partitions);
        List<String> ids = ask(session -> forgetting.next(session, after));
        if (ids.isEmpty()) {
            return null;
        }
        count.deleted(ask(session -> session.atOnce(same -> forgetting.forget(same, ids))));
        return ids.get(ids.size() - 1);
    }

    @Override
    public boolean clear(OutageRow row, long number) {
        boolean first = number == OutageRow.NONE;
        boolean noted = store(
                session -> first ? isInserted(session, row) : update(session, row, number) || wasStored(session, row));
        count.added(first && noted ? 1 : 0);
        return noted;
    }

    @Override
    public void close() {
        table.close();
    }
}
