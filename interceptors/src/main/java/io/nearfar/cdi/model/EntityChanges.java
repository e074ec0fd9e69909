package io.nearfar.cdi.model;

import static java.util.Objects.requireNonNull;

import io.nearfar.NamedInvalidation;
import io.nearfar.cdi.cache.ApplicationManager;
import io.nearfar.cdi.method.Findings;
import jakarta.enterprise.inject.Instance;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import jakarta.persistence.metamodel.EntityType;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of all changes of the entities of one application, and has fired what they end when their transaction is committed. Safe for
 * use by several threads.
 */
public final class EntityChanges implements ModelEvents, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EntityChanges.class);
    private static final String JTA = "jakarta.transaction.TransactionSynchronizationRegistry";

    private final EntityCatalog catalog;
    private final Firing firing;
    private final @Nullable JtaTransactions jta;
    private final FollowedTransactions followed;
    private final LoadedStates before = new LoadedStates();
    private final AtomicBoolean told = new AtomicBoolean();
    private final AtomicBoolean refusalTold = new AtomicBoolean();
    private volatile boolean closed;

    /** Creates that of the application of that class loader, which has these beans. */
    public EntityChanges(ApplicationManager manager, ClassLoader application, Supplier<Instance<Object>> beans) {
        this.catalog = new EntityCatalog(manager, application);
        this.firing = new Firing(manager, System::nanoTime);
        this.jta = hasJta() ? new JtaTransactions(beans, firing::fire) : null;
        this.followed = new FollowedTransactions(firing::fire);
    }

    private static boolean hasJta() {
        try {
            Class.forName(JTA, false, EntityChanges.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError none) {
            return false;
        }
    }

    /** Reports what is wrong with an entity. */
    public void check(Class<?> entity, Findings findings) {
        catalog.check(entity, findings);
    }

    /** Reports what is wrong with entities that settings, or declarations in code, name. */
    public void checkNamed(Findings findings) {
        catalog.checkNamed(findings);
    }

    /** Notes what an object is before it is changed. */
    void loaded(Object entity) {
        try {
            EntityMapping mapping = catalog.of(entity.getClass());
            if (mapping.needsBefore()) {
                before.put(entity, mapping.of(entity));
            }
        } catch (RuntimeException | Error e) { // also of the application's own attributes
            firing.failed(e);
        }
    }

    /** Notes that an object is new, has changed, or is gone. */
    void updated(Object entity) {
        try {
            EntityMapping mapping = catalog.of(entity.getClass());
            if (mapping.isEmpty()) {
                return;
            }
            Set<NamedInvalidation> now = mapping.of(entity);
            Change change = Change.of(mapping, before.of(entity), now);
            if (mapping.needsBefore()) {
                before.put(entity, now);
            }
            if (!add(change)) {
                tellUnfollowed(entity);
                firing.fire(change.exactly());
            }
        } catch (RuntimeException | Error e) { // also of the application's own attributes
            firing.failed(e);
        }
    }

    /**
     * Has a change fired at the end of the transactions of this thread: which of them it belongs to nobody tells, and one may be
     * rolled back while another is not. Returns false if there is none.
     */
    private boolean add(Change change) {
        try {
            boolean isFollowed = followed.add(change);
            return (jta != null && jta.add(change)) || isFollowed;
        } catch (RuntimeException | LinkageError e) {
            tellRefused(e);
            firing.fire(change.exactly());
            return true;
        }
    }

    private void tellRefused(Throwable why) {
        if (!refusalTold.getAndSet(true)) {
            LOG.warn(
                    "NF0866 Nobody could be asked to tell of the end of a transaction, so that entries end before the commit,"
                            + " and another thread may load again what was there before; told once",
                    why);
        }
    }

    private void tellUnfollowed(Object entity) {
        if (!told.getAndSet(true)) {
            LOG.warn(
                    "NF0861 {}: it has changed in a transaction that tells nobody of its end, so that entries end before the commit,"
                            + " and another thread may load again what was there before; use ModelEvents.following, or JTA",
                    entity.getClass().getName());
        }
    }

    @Override
    public void changed(Object entity) {
        requireNonNull(entity, "The entity that has changed is null");
        changed(entity.getClass(), mapping -> Change.of(mapping, before.of(entity), mapping.of(entity)));
    }

    @Override
    public void changed(Class<?> entity) {
        requireNonNull(entity, "The class of the entities that have changed is null");
        changed(entity, Change::ofAny);
    }

    private void changed(Class<?> type, Function<EntityMapping, Change> toChange) {
        EntityMapping mapping;
        try {
            mapping = catalog.of(type);
        } catch (RuntimeException | Error e) {
            firing.failed(e);
            return;
        }
        if (mapping.isEmpty()) {
            throw new IllegalArgumentException("Nothing is said of what changes of " + type.getName()
                    + " end; give it @InvalidatesCache, or name it in nearfar.invalidation.<name>.entities");
        }
        Change change = toChange.apply(mapping);
        if (!add(change)) {
            firing.fire(change.exactly());
        }
    }

    @Override
    public EntityTransaction following(EntityTransaction transaction) {
        return new FollowedTransaction(requireNonNull(transaction, "The transaction is null"), followed);
    }

    @Override
    public void check(EntityManagerFactory units) {
        requireNonNull(units, "The entity manager factory is null");
        Findings findings = new Findings();
        for (EntityType<?> entity : units.getMetamodel().getEntities()) {
            if (entity.getJavaType() != null) {
                check(entity.getJavaType(), findings);
            }
        }
        findings.warnings().forEach(LOG::warn);
        if (!findings.mistakes().isEmpty()) {
            throw new IllegalStateException(findings.mistakes().size() + " mistake(s) in entities:\n  - "
                    + String.join("\n  - ", findings.mistakes()));
        }
    }

    /** Tells whether the application has ended. */
    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
