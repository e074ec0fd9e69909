package io.nearfar.sample.data;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Loads the cities before the application answers its first request; without them the deployment fails. */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class FirstStart {
    private static final Logger LOG = System.getLogger(FirstStart.class.getName());

    @Inject
    DataSource database;

    @Inject
    @ConfigProperty(name = "gazetteer.cities")
    String cities;

    @Inject
    CityLoad ending;

    @PostConstruct
    void load() {
        long start = System.nanoTime();
        try {
            int loaded = new LoadOnce(database).run(new CityFile(cities));
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            LOG.log(Level.INFO, "gazetteer: {0} cities loaded in {1} ms", loaded, took.toMillis());
            ending.end();
        } catch (IOException | SQLException failure) {
            throw new IllegalStateException("the cities of " + cities + " could not be loaded", failure);
        }
    }
}
