package io.nearfar.cdi.model;

import io.nearfar.NamedInvalidation;
import jakarta.enterprise.inject.Instance;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/** The JTA transactions of threads. Loaded only where there is JTA. Safe for use by several threads. */
final class JtaTransactions {
    private static final String NAME = "java:comp/TransactionSynchronizationRegistry";

    private final Supplier<Instance<Object>> beans;
    private final Consumer<Collection<NamedInvalidation>> firing;
    private final Object key = new Object();
    private volatile @Nullable TransactionSynchronizationRegistry found;

    JtaTransactions(Supplier<Instance<Object>> beans, Consumer<Collection<NamedInvalidation>> firing) {
        this.beans = beans;
        this.firing = firing;
    }

    /**
     * Has something fired when the transaction of the calling thread has been committed, or not at all if that cannot be any more.
     *
     * @return false if the thread has no transaction that is still to be committed
     */
    boolean add(Change change) {
        TransactionSynchronizationRegistry registry = registry();
        return registry != null
                && switch (registry.getTransactionStatus()) {
                    case Status.STATUS_ACTIVE, Status.STATUS_PREPARING -> {
                        changes(registry).add(change);
                        yield true;
                    }
                    case Status.STATUS_MARKED_ROLLBACK, Status.STATUS_ROLLING_BACK, Status.STATUS_ROLLEDBACK -> true;
                    default -> false;
                };
    }

    private Changes changes(TransactionSynchronizationRegistry registry) {
        if (registry.getResource(key) instanceof Changes present) {
            return present;
        }
        Changes changes = new Changes();
        registry.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
                if (status != Status.STATUS_ROLLEDBACK) { // also if nobody knows
                    firing.accept(changes.take());
                }
            }
        });
        registry.putResource(key, changes);
        return changes;
    }

    private @Nullable TransactionSynchronizationRegistry registry() {
        TransactionSynchronizationRegistry known = found;
        if (known == null) {
            Instance<TransactionSynchronizationRegistry> bean =
                    beans.get().select(TransactionSynchronizationRegistry.class);
            known = bean.isResolvable() ? bean.get() : named();
            found = known;
        }
        return known;
    }

    @SuppressWarnings("BanJNDI") // the name is the standard's own
    private static @Nullable TransactionSynchronizationRegistry named() {
        try {
            Object named = new InitialContext().lookup(NAME);
            return named instanceof TransactionSynchronizationRegistry registry ? registry : null;
        } catch (NamingException none) {
            return null;
        }
    }
}
