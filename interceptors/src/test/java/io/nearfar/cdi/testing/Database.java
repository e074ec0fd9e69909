package io.nearfar.cdi.testing;

import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.internal.arjuna.objectstore.VolatileStore;
import com.arjuna.common.internal.util.propertyservice.BeanPopulator;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** A database in memory, with connections that take part in JTA transactions and others that do not. */
final class Database implements AutoCloseable {
    private final JdbcDataSource plain = new JdbcDataSource();
    private final Connection last;

    Database() throws SQLException {
        for (String store : new String[] {null, "communicationStore", "stateStore"}) {
            BeanPopulator.getNamedInstance(ObjectStoreEnvironmentBean.class, store)
                    .setObjectStoreType(VolatileStore.class.getName());
        }
        plain.setURL("jdbc:h2:mem:" + UUID.randomUUID());
        last = plain.getConnection();
    }

    /** Runs statements, and commits each. */
    void execute(List<String> statements) throws SQLException {
        try (Statement statement = last.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    /** Returns the first column of the first row. */
    Object ask(String question) throws SQLException {
        try (Statement statement = last.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            rows.next();
            return rows.getObject(1);
        }
    }

    /** Returns where connections come from that know of no transactions but their own. */
    DataSource plain() {
        return plain;
    }

    /** Returns where connections come from that take part in the JTA transaction of their thread. */
    DataSource transactional() {
        return new TransactionalSource(plain);
    }

    @Override
    public void close() throws SQLException {
        last.close();
    }
}
