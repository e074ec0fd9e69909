package io.nearfar.cdi;

import io.nearfar.cdi.cache.ApplicationManager;
import io.nearfar.cdi.method.Findings;
import io.nearfar.cdi.model.EntityChanges;
import io.nearfar.cdi.model.ModelEvents;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The entities whose changes end entries: collected from the classes that the container shows, checked, and heard. */
final class ModelMappings {
    private static final String PERSISTENCE = "jakarta.persistence.EntityTransaction";
    private static final String EVENTS = "io.nearfar.cdi.model.ModelEvents";

    private final ApplicationManager manager;
    private final ClassLoader application;
    private final Findings findings;
    private final Set<Class<?>> entities = new LinkedHashSet<>();
    private boolean isInjected;
    private @Nullable EntityChanges changes;

    ModelMappings(ApplicationManager manager, ClassLoader application, Findings findings) {
        this.manager = manager;
        this.application = application;
        this.findings = findings;
    }

    /** Notes an entity. */
    void add(Class<?> entity) {
        entities.add(entity);
    }

    /** Notes an injection point if it asks for the interface of applications. */
    void add(InjectionPoint point) {
        isInjected |= point.getType().getTypeName().equals(EVENTS);
    }

    /** Adds what hears changes, where there is JPA. */
    void addBeans(AfterBeanDiscovery event, BeanManager beans) {
        if (isJpaThere()) {
            // No method reference, which would name an interface that CDI 3 has not
            EntityChanges hearing = new EntityChanges(manager, application, () -> beans.createInstance());
            changes = hearing;
            event.<EntityChanges>addBean()
                    .beanClass(EntityChanges.class)
                    .id(EntityChanges.class.getName())
                    .types(EntityChanges.class, ModelEvents.class, Object.class)
                    .scope(Singleton.class)
                    .createWith(context -> hearing);
        }
    }

    private static boolean isJpaThere() {
        try {
            Class.forName(PERSISTENCE, false, ModelMappings.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError none) {
            return false;
        }
    }

    /** Tells whether the application is known to end entries by changes of entities. */
    boolean isUsed() {
        return changes != null && (isInjected || !entities.isEmpty());
    }

    /** Reports what is wrong with entities, if those of settings are to be looked at. */
    void check(boolean alsoOfSettings) {
        EntityChanges hearing = changes;
        if (hearing != null) {
            entities.forEach(entity -> hearing.check(entity, findings));
            if (alsoOfSettings) {
                hearing.checkNamed(findings);
            }
        }
    }

    /** Ends with the application. */
    void close() {
        if (changes != null) {
            changes.close();
        }
    }
}
