package io.nearfar.sample.data;

import jakarta.annotation.Resource;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import javax.sql.DataSource;

/**
 * The server's embedded database as the application sees it. Its address is the setting {@code gazetteer.database}:
 * by default in the memory of this node; nodes that share the cache are given one file, which the first of them opens
 * and serves to the others.
 */
@ApplicationScoped
@DataSourceDefinition(
        name = "java:app/jdbc/gazetteer",
        className = "org.h2.jdbcx.JdbcDataSource",
        url = "${MPCONFIG=gazetteer.database}",
        user = "sa",
        password = "",
        initialPoolSize = 1,
        minPoolSize = 1,
        maxPoolSize = 32)
public class Gazetteer {
    @Produces
    @PersistenceContext(unitName = "gazetteer")
    @SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // The container sets it and hands it on.
    private EntityManager entities;

    @Produces
    @Resource(lookup = "java:app/jdbc/gazetteer")
    @SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // The container sets it and hands it on.
    private DataSource database;

    /** The clock of everything that writes a time; tests hand in another. */
    @Produces
    @Dependent
    Clock clock() {
        return Clock.systemUTC();
    }
}
