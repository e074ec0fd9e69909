package io.nearfar;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Type;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.cache.CacheManager;
import org.jspecify.annotations.Nullable;

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

    /**
     * Asks the servers of the far tier how they are, each that is thought to answer once, all at the same time, and returns what
     * they say with what this node knows of them. Opens nothing, and does not wait while another thread opens the link. Takes as long
     * as {@code nearfar.deadline} lets a read take (250 ms unless set); a server that does not answer within that is then left
     * alone, as after any call, and costs no time from then on.
     *
     * <p>Throws nothing for an outage: that is what it tells. Not atomic: the figures of several servers are of slightly different
     * instants.
     *
     * @throws IllegalStateException if the manager is closed
     */
    CacheHealth health();

    /**
     * Returns the meters of this node as they are now: those of each open cache, those of the link to the far tier once it is
     * open, those of its servers once they have told their figures, and those of the rate limiter once that is open. Takes no
     * lock and waits for no server: who reads meters has the servers asked in the background, every 15 seconds. Views of a
     * cache in other versions have none.
     *
     * @return all meters; empty once the manager is closed
     */
    List<Meter> meters();

    /**
     * Has {@code listener} run whenever {@link #meters} returns more or others, in the thread that opens or closes a cache,
     * meets a limit for the first time or has asked the servers; it must be quick. What it throws is logged.
     *
     * @throws NullPointerException if {@code listener} is null
     */
    void addMetersListener(Runnable listener);

    /**
     * Ends what {@link #addMetersListener} began; one that was never added is ignored.
     *
     * @throws NullPointerException if {@code listener} is null
     */
    void removeMetersListener(Runnable listener);

    /**
     * Has a cache filled before anybody asks for its entries: by one node at a time, whichever comes first, and once for each run
     * that the plan asks for. If that node dies, or its run fails, another one begins anew; no key is loaded that has an entry. The
     * nodes know a run by the names of cache and plan. A cache in mode near is filled on each node.
     *
     * <p>With {@link WarmingPlan#every} the next run begins so long after the begin of the latest one, or up to a twentieth of that
     * later, a minute at most. Without, there is one run, and nodes that start within ten minutes of its end have none. It begins
     * when the cache is open, in the background, and ends when the manager is closed.
     *
     * <p>What is there afterwards is in the far tier for all, and in the near tier of the node that has run it.
     *
     * @param cacheName the cache; who names it vouches for its types, as with {@code getCache(name)}
     * @throws NullPointerException if an argument is null
     * @throws IllegalArgumentException if there is a warming of that name for that cache in this manager
     * @throws IllegalStateException if the manager is closed
     */
    <K, V> void warm(String cacheName, WarmingPlan plan, Warmer<K, V> warmer);

    /**
     * Returns how far the warmings of this manager are, in the order in which they were asked for; never waits.
     *
     * @throws IllegalStateException if the manager is closed
     */
    List<WarmingProgress> warmings();

    /**
     * Declares an invalidation, which can then be fired by its name. What settings declare under that name counts before: then
     * nothing happens. The same again has no effect. It holds until the manager is closed.
     *
     * @return whether it is this declaration that holds
     * @throws NullPointerException if {@code declaration} is null
     * @throws IllegalArgumentException if something is wrong with it, or code has declared another of that name; names the
     *     invalidation, what is wrong and the cure
     * @throws IllegalStateException if the manager is closed
     */
    boolean declare(InvalidationDeclaration declaration);

    /**
     * Returns what settings or code have declared under that name, or null.
     *
     * @throws NullPointerException if {@code name} is null
     */
    @Nullable
    InvalidationDeclaration declaredInvalidation(String name);

    /** Returns all that settings and code have declared, in the order of their names; immutable, and maybe empty. */
    List<InvalidationDeclaration> declaredInvalidations();

    /**
     * Ends what a declared invalidation names for these arguments, in each of its caches, on all nodes: first by tags, by keys,
     * or all, then by walks over the keys for prefixes and patterns, in the calling thread. What each of these does, how soon
     * other nodes follow, and what becomes of loads that began before, is said at {@link NearfarCache#invalidateTags} and
     * {@link NearfarCache#invalidatePattern}; a key that is removed is like a pattern that matches it alone. No writer and no
     * listener is called. The invalidation as a whole is not atomic. Its tags are one invalidation in each cache, of one write for
     * each partition.
     *
     * <p>A cache that is named without a star and is not open in this manager is invalidated in the far tier, where other nodes
     * may use it, in the version that its settings name. In an outage that cannot be remembered for later: a cache that fails open
     * is then {@link InvalidationReport#missing} and told of in the log.
     *
     * <p>If one cache fails, the others are invalidated all the same before that is thrown. What no entry can carry and no key
     * can show, a tag of more than 200 bytes say, ends nothing.
     *
     * @return what was done, in which caches
     * @throws NullPointerException if {@code invalidation} is null
     * @throws IllegalArgumentException if nothing of that name is declared, an argument is missing or none of its parameters,
     *     or one template stands for more than 100,000 texts; nothing is done then
     * @throws IllegalStateException if the manager is closed, or one of the caches in the middle of it
     * @throws FarTierUnavailableException if the far tier does not answer and a cache fails closed
     */
    InvalidationReport invalidate(NamedInvalidation invalidation);

    /**
     * Like {@link #invalidate(NamedInvalidation)} with the arguments by the names of their parameters.
     *
     * @return what was done, in which caches
     * @throws NullPointerException if the name, the arguments or one of them is null
     */
    default InvalidationReport invalidate(String name, Map<String, ?> arguments) {
        return invalidate(new NamedInvalidation(
                name, new HashMap<>(requireNonNull(arguments, "The arguments are null; none is an empty map"))));
    }

    /**
     * Like {@link #invalidate(NamedInvalidation)} with the arguments in the order in which the parameters are declared.
     *
     * @return what was done, in which caches
     * @throws NullPointerException if the name, the arguments or one of them is null
     * @throws IllegalArgumentException also if there are more arguments than parameters, or fewer
     */
    InvalidationReport invalidate(String name, Object... arguments);

    /**
     * Like {@link #invalidate(NamedInvalidation)} for several at once: in each cache each tag is invalidated, each key removed and
     * each walk made once, however many of them name it, and all tags of a cache are one invalidation; where one of them ends all
     * entries of a cache, that is all that is done there.
     *
     * @param invalidations none is allowed, and does nothing
     * @return what was done, in which caches; its name is the names of the invalidations, separated by commas
     * @throws NullPointerException if {@code invalidations} or one of them is null
     */
    InvalidationReport invalidateAll(Collection<NamedInvalidation> invalidations);

    /**
     * Like {@link #invalidate(NamedInvalidation)}, with the walks in the background and at that pace, where
     * {@link NearfarCache#startInvalidatingPattern} has them; all else is done when this returns.
     *
     * @return what was done, and the walks, which show how far they have come and can be ended
     * @throws NullPointerException if {@code invalidation} or {@code pace} is null
     */
    InvalidationReport startInvalidating(NamedInvalidation invalidation, InvalidationPace pace);
}
