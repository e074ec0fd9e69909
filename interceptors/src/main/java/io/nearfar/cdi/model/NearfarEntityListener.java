package io.nearfar.cdi.model;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.persistence.PostLoad;
import jakarta.persistence.PostPersist;
import jakarta.persistence.PostRemove;
import jakarta.persistence.PostUpdate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears changes of JPA entities that carry {@link io.nearfar.cdi.annotation.InvalidatesCache}, or that settings name: stands at an entity or
 * a superclass as {@code @EntityListeners(NearfarEntityListener.class)}, or among the default listeners of an {@code orm.xml}. The JPA
 * provider makes and calls it, with any entity; it never throws. Safe for use by several threads.
 */
public class NearfarEntityListener {
    private static final Logger LOG = LoggerFactory.getLogger(NearfarEntityListener.class);

    private volatile @Nullable EntityChanges known;
    private volatile boolean told;

    /** Notes what an object is before it is changed. */
    @PostLoad
    public void loaded(Object entity) {
        EntityChanges changes = changes();
        if (changes != null) {
            changes.loaded(entity);
        }
    }

    /** Notes that an object is new. */
    @PostPersist
    public void persisted(Object entity) {
        updated(entity);
    }

    /** Notes that an object has changed. */
    @PostUpdate
    public void updated(Object entity) {
        EntityChanges changes = changes();
        if (changes != null) {
            changes.updated(entity);
        }
    }

    /** Notes that an object is gone. */
    @PostRemove
    public void removed(Object entity) {
        updated(entity);
    }

    private @Nullable EntityChanges changes() {
        EntityChanges present = known;
        if (present == null || present.isClosed()) {
            present = find();
            known = present;
        }
        return present;
    }

    private @Nullable EntityChanges find() {
        try {
            CDI<Object> beans = CDI.current();
            Instance<EntityChanges> found = beans == null ? null : beans.select(EntityChanges.class);
            if (found != null && found.isResolvable()) {
                return found.get();
            }
            tell(null);
        } catch (RuntimeException | LinkageError noContainer) {
            tell(noContainer);
        }
        return null;
    }

    private void tell(@Nullable Throwable why) {
        if (!told) {
            told = true;
            LOG.warn(
                    "NF0863 An entity has changed or was loaded where no CDI container with nearfar-interceptors is; its"
                            + " changes end nothing until there is one",
                    why);
        }
    }
}
