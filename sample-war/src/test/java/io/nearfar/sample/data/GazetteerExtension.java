package io.nearfar.sample.data;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives a test class a database with two thousand cities, and each test an entity manager in a transaction that is
 * rolled back. The database lives as long as one connection does.
 */
public final class GazetteerExtension
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {
    private final String url = "jdbc:h2:mem:" + System.identityHashCode(this);

    private Connection connection;
    private EntityManagerFactory factory;
    private EntityManager entities;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        connection = DriverManager.getConnection(url, "sa", "");
        new BulkLoad(connection).run(new CityFile("data/some-cities.tsv.gz"));
        factory = Persistence.createEntityManagerFactory(
                "test",
                Map.of(
                        "jakarta.persistence.jdbc.url", url,
                        "jakarta.persistence.jdbc.user", "sa",
                        "jakarta.persistence.jdbc.password", ""));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        entities = factory.createEntityManager();
        entities.getTransaction().begin();
    }

    /** The entity manager of the present test. */
    public EntityManager entities() {
        return entities;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        entities.getTransaction().rollback();
        entities.close();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        factory.close();
        connection.close();
    }
}
