package io.nearfar.cdi.model;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;

/**
 * Tells of changes of JPA entities that no listener hears, and follows transactions that nobody else does. To be injected.
 *
 * <p>What a change ends is said by {@link io.nearfar.cdi.annotation.InvalidatesCache}, or by settings
 * {@code nearfar.invalidation.<name>.entities}. It takes effect when the JTA transaction of the calling thread has been committed, or
 * one that {@link #following} returned, and not if that is rolled back; with each of them where there are several, and at once where
 * there is none. In each cache each tag, key and pattern is invalidated once for a transaction. A failure is logged and reaches nobody,
 * for the change is committed then. Safe for use by several threads.
 */
public interface ModelEvents {
    /**
     * Tells that an object has changed, by a statement that no listener hears. What it was when it was loaded counts as well.
     *
     * @throws NullPointerException if {@code entity} is null
     * @throws IllegalArgumentException if nothing is said of its class
     */
    void changed(Object entity);

    /**
     * Tells that any objects of a class have changed, as by a bulk statement. Nobody knows which: where what ends depends on
     * attributes, all entries of its caches end. Of classes below this one, what they say in addition is left out; name them too.
     *
     * @throws NullPointerException if {@code entity} is null
     * @throws IllegalArgumentException if nothing is said of the class
     */
    void changed(Class<?> entity);

    /**
     * Returns a transaction that does the same, and at whose end what has changed meanwhile takes effect: for transactions of an
     * entity manager, which tell nobody of their end. The changes are those that are heard in the thread that begins it. If the commit
     * throws, it takes effect too, for nobody knows what the database has done, unless the transaction was marked for rollback.
     *
     * @param transaction of {@code EntityManager.getTransaction()}; not begun yet
     * @throws NullPointerException if {@code transaction} is null
     */
    EntityTransaction following(EntityTransaction transaction);

    /**
     * Looks at what all entities of a persistence unit say, as the deployment does for those classes that the container shows to
     * extensions. One whose changes nobody hears is told in the log.
     *
     * @throws NullPointerException if {@code units} is null
     * @throws IllegalStateException if something is wrong; names all mistakes, and what to write instead
     */
    void check(EntityManagerFactory units);
}
