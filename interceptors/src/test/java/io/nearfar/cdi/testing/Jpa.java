package io.nearfar.cdi.testing;

import com.arjuna.ats.jta.TransactionManager;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.spi.PersistenceProvider;
import jakarta.persistence.spi.PersistenceUnitTransactionType;
import jakarta.transaction.Transaction;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.hibernate.engine.transaction.jta.platform.internal.JBossStandAloneJtaPlatform;
import org.hibernate.jpa.HibernatePersistenceProvider;

/** A persistence unit on a database in memory. */
public final class Jpa implements AutoCloseable {
    /** Who provides JPA. */
    public enum Vendor {
        /** Hibernate. */
        HIBERNATE(new HibernatePersistenceProvider()),
        /** EclipseLink. */
        ECLIPSELINK(new org.eclipse.persistence.jpa.PersistenceProvider());

        private final PersistenceProvider provider;

        Vendor(PersistenceProvider provider) {
            this.provider = provider;
        }
    }

    /** What is done with an entity manager. */
    @FunctionalInterface
    public interface Work {
        /** Does it. */
        void with(EntityManager entities) throws Exception;
    }

    private final Database database;
    private final EntityManagerFactory units;

    private Jpa(Database database, EntityManagerFactory units) {
        this.database = database;
        this.units = units;
    }

    /** Opens one whose transactions are those of JTA; {@code tables} are statements that create them. */
    public static Jpa jta(Vendor vendor, List<String> tables, Class<?>... entities) throws SQLException {
        return open(vendor, PersistenceUnitTransactionType.JTA, tables, entities);
    }

    /** Opens one whose transactions are those of its entity managers. */
    public static Jpa local(Vendor vendor, List<String> tables, Class<?>... entities) throws SQLException {
        return open(vendor, PersistenceUnitTransactionType.RESOURCE_LOCAL, tables, entities);
    }

    private static Jpa open(
            Vendor vendor, PersistenceUnitTransactionType type, List<String> tables, Class<?>... entities)
            throws SQLException {
        boolean isJta = type == PersistenceUnitTransactionType.JTA;
        Database database = new Database();
        database.execute(tables);
        DataSource source = isJta ? database.transactional() : database.plain();
        Unit unit =
                new Unit(type, source, Stream.of(entities).map(Class::getName).toList(), List.of());
        Map<String, Object> settings = new HashMap<>(Map.of(
                "hibernate.type.json_format_mapper", new NoJson(),
                "hibernate.cache.use_second_level_cache", "false",
                "eclipselink.weaving", "false",
                "eclipselink.logging.level", "SEVERE"));
        if (isJta) {
            settings.put("hibernate.transaction.jta.platform", new JBossStandAloneJtaPlatform());
            settings.put("eclipselink.target-server", NarayanaPlatform.class.getName());
        }
        return new Jpa(database, vendor.provider.createContainerEntityManagerFactory(unit, settings));
    }

    /** Returns where entity managers come from. */
    public EntityManagerFactory units() {
        return units;
    }

    /** Runs statements that nobody hears, and forgets what was loaded before. */
    public void execute(List<String> statements) throws SQLException {
        database.execute(statements);
        units.getCache().evictAll();
    }

    /** Returns the first column of the first row that the database now has for a question. */
    public Object ask(String question) throws SQLException {
        return database.ask(question);
    }

    /**
     * Does something in a JTA transaction of its own, with an entity manager that takes part in it. If the thread has one already,
     * that is suspended meanwhile, as for methods that require a new one.
     */
    public void inJta(boolean commits, Work work) throws Exception {
        Transaction suspended = TransactionManager.transactionManager().suspend();
        try {
            inNew(commits, work);
        } finally {
            if (suspended != null) {
                TransactionManager.transactionManager().resume(suspended);
            }
        }
    }

    private void inNew(boolean commits, Work work) throws Exception {
        TransactionManager.transactionManager().begin();
        EntityManager entities = units.createEntityManager();
        boolean isDone = false;
        try {
            work.with(entities);
            isDone = true;
        } finally {
            if (isDone && commits) {
                TransactionManager.transactionManager().commit();
            } else {
                TransactionManager.transactionManager().rollback();
            }
            entities.close();
        }
    }

    @Override
    public void close() throws SQLException {
        units.close();
        database.close();
    }
}
