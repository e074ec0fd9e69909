package io.nearfar;

import java.lang.reflect.Type;
import java.util.Collection;
import javax.cache.CacheManager;

/** What a Nearfar cache manager can do beyond JSR-107; reached by {@code manager.unwrap(NearfarManager.class)}. */
public interface NearfarManager extends CacheManager {
    /**
     * Returns the cache of that name, whatever its configuration; if there is none, creates it first with the settings
     * that the default template or a setting of that name gives, as a cache that no code has configured. Atomic: any
     * number of threads that ask at once get the same cache.
     *
     * @param name the cache's name
     * @param key the type of the keys of a new cache; {@code Object} leaves it undeclared
     * @param value the type of the values of a new cache; {@code Object} leaves it undeclared
     * @param trusted classes, and other types whose classes are meant, that a new cache may decode beside the declared
     *     ones
     * @throws NullPointerException if an argument is null
     * @throws IllegalStateException if the manager is closed
     * @throws javax.cache.CacheException if a setting is wrong or the far tier cannot be used as configured
     */
    <K, V> NearfarCache<K, V> cacheFromTemplate(
            String name, Class<K> key, Class<V> value, Collection<? extends Type> trusted);

    /**
     * Deletes everything that one version of a cache has stored, on all nodes: entries, and what the far tier keeps beside
     * them. A view in that version is closed; the cache itself stays open, unless the version is its own: then this is
     * {@link #destroyCache}. For a version that no release uses any more; a node that does use it begins anew, with misses.
     *
     * <p>In an outage it is done on this node, which makes up for it afterwards, if it is still there. What is made up for is
     * the clear: for what is kept beside the entries, call it again when the far tier answers.
     *
     * @param cacheName the name of a cache that is open in this manager
     * @param version as in {@link NearfarCache#version(int)}
     * @throws NullPointerException if {@code cacheName} is null
     * @throws IllegalStateException if the manager is closed
     * @throws IllegalArgumentException if there is no such cache in this manager, or {@code version} is below 0
     * @throws javax.cache.CacheException if 16 views in other versions are open, or the far tier does not answer and the
     *     cache fails closed
     */
    void destroyVersion(String cacheName, int version);

    /**
     * Opens the link that the caches share, which the first cache would do otherwise: a far tier that cannot be used as
     * configured is known at once. An unreachable one is an outage and no failure, unless {@code nearfar.start} says so.
     * Without effect if the link is open or there is no far tier. Takes 5 seconds at most.
     *
     * @throws IllegalStateException if the manager is closed
     * @throws javax.cache.CacheException if the far tier cannot be used as configured; names address and cause
     */
    void connect();
}
