package io.nearfar.cdi.testing;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.spi.PersistenceProvider;
import jakarta.persistence.spi.PersistenceUnitTransactionType;
import jakarta.transaction.UserTransaction;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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

    private final Database database;
    private final EntityManagerFactory units;

    private Jpa(Database database, EntityManagerFactory units) {
        this.database = database;
        this.units = units;
    }

    /** Opens one whose transactions are those of JTA; {@code tables} are statements that create them. */
    public static Jpa jta(Vendor vendor, String tables, Class<?>... entities) throws SQLException {
        return open(vendor, PersistenceUnitTransactionType.JTA, tables, entities);
    }

    /** Opens one whose transactions are those of its entity managers. */
    public static Jpa local(Vendor vendor, String tables, Class<?>... entities) throws SQLException {
        return open(vendor, PersistenceUnitTransactionType.RESOURCE_LOCAL, tables, entities);
    }

    private static Jpa open(Vendor vendor, PersistenceUnitTransactionType type, String tables, Class<?>... entities)
            throws SQLException {
        boolean isJta = type == PersistenceUnitTransactionType.JTA;
        Database database = new Database(tables.split(";"));
        DataSource source = isJta ? database.transactional() : database.plain();
        Unit unit =
                new Unit(type, source, Stream.of(entities).map(Class::getName).toList(), List.of());
        Map<String, Object> settings = new HashMap<>(Map.of(
                "hibernate.type.json_format_mapper", "jackson",
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

    /** Does something in a JTA transaction, with an entity manager that takes part in it. */
    public void inJta(boolean commits, Consumer<EntityManager> work) throws Exception {
        UserTransaction transaction = com.arjuna.ats.jta.UserTransaction.userTransaction();
        transaction.begin();
        boolean done = false;
        try {
            EntityManager entities = units.createEntityManager();
            work.accept(entities);
            done = true;
            if (!commits) {
                transaction.rollback();
            }
        } finally {
            if (!done) {
                transaction.rollback();
            }
        }
        if (commits) {
            transaction.commit();
        }
    }

    @Override
    public void close() throws SQLException {
        units.close();
        database.close();
    }
}
