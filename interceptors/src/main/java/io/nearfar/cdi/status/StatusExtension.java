package io.nearfar.cdi.status;

import io.nearfar.NearfarManager;
import io.nearfar.cdi.cache.ApplicationManager;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.inject.Singleton;

/**
 * Adds the readiness check where MicroProfile Health is there; does nothing where it is not. The container finds it by its service
 * file.
 */
public class StatusExtension implements Extension {
    private static final String HEALTH = "org.eclipse.microprofile.health.HealthCheck";
    private static final String CHECK = "io.nearfar.cdi.status.ReadinessCheck";

    private boolean hasCheck;
    private final ApplicationManager manager = new ApplicationManager(applicationLoader());

    /** The class of the check is named by text, for it cannot be loaded without its interface. */
    void addCheck(@Observes BeforeBeanDiscovery event) {
        ClassLoader ours = StatusExtension.class.getClassLoader();
        try {
            Class.forName(HEALTH, false, ours);
            event.addAnnotatedType(Class.forName(CHECK, false, ours), CHECK);
        } catch (ClassNotFoundException | LinkageError notThere) {
            // then nobody asks for it
        }
    }

    /** Keeps the check from being there twice where our jar is scanned like the application. */
    void keepOneCheck(@Observes @WithAnnotations(Singleton.class) ProcessAnnotatedType<?> event) {
        if (event.getAnnotatedType().getJavaClass().getName().equals(CHECK)) {
            if (hasCheck) {
                event.veto();
            }
            hasCheck = true;
        }
    }

    void close(@Observes BeforeShutdown event) {
        manager.close();
    }

    /** Returns the manager of the application; opens it, but no link. */
    public NearfarManager manager() {
        return manager.manager();
    }

    private static ClassLoader applicationLoader() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return loader != null ? loader : StatusExtension.class.getClassLoader();
    }
}
