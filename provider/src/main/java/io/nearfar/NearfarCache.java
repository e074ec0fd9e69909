package io.nearfar;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * What a Nearfar cache can do beyond JSR-107; reached by {@code cache.unwrap(NearfarCache.class)}.
 *
 * <p>The loading methods share one rule. The call happens under the key's load lease: one call per key at a time
 * in the process and over the nodes, and its result is stored only if no write, removal or clear touched the key since
 * the call began. A result that lost that race is still returned to the caller who began before it. A result of
 * {@code null} is returned and not stored; with the setting {@code ttl.negative} it is remembered for so long that there is
 * nothing, and nobody's load of that key is called. When the far tier does not answer, the call is made all the same and its
 * result returned; these methods throw nothing of their own for an outage. What the call throws reaches the caller
 * unchanged and stores nothing; unless an entry of the key is in its grace (the setting {@code grace}, {@link
 * EntryOptions#withGrace}) and was not invalidated: then that is the answer, but not of {@code reload}. Where the setting {@code
 * load.limit} has no room for a load it counts as one that failed: nothing is called, and without an entry in its grace the
 * caller gets a {@link RateLimitExceededException}. A lambda without parameters is a {@link Callable}, one with a parameter a
 * {@link ContextLoad} or {@link AsyncContextLoad}; a reference to a method that may be either needs a cast.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public interface NearfarCache<K, V> extends Cache<K, V> {
    /**
     * Like {@link Cache#put(Object, Object)}, and gives the entry these options.
     *
     * @throws NullPointerException if {@code key}, {@code value} or {@code options} is null
     */
    void put(K key, V value, EntryOptions options);

    /**
     * Returns what {@link Cache#get} returns, or {@code otherwise} if that is null; stores nothing. A cache that reads through
     * asks its loader first.
     *
     * @throws NullPointerException if {@code key} or {@code otherwise} is null
     */
    default V getOrDefault(K key, V otherwise) {
        requireNonNull(otherwise, "The value to return where there is none is null; get returns null by itself");
        V found = get(key);
        return found == null ? otherwise : found;
    }

    /**
     * Returns the value under {@code key}, or what {@code load} returns when there is none.
     *
     * @throws NullPointerException if {@code key} or {@code load} is null
     * @throws Exception what {@code load} threw
     */
    default @Nullable V getOrLoad(K key, Callable<? extends @Nullable V> load) throws Exception {
        requireNonNull(load, "The function that loads is null");
        return getOrLoad(key, context -> load.call());
    }

    /**
     * Calls {@code load} whether or not there is an entry, and stores its result in place of it.
     *
     * @throws NullPointerException if {@code key} or {@code load} is null
     * @throws Exception what {@code load} threw
     */
    default @Nullable V reload(K key, Callable<? extends @Nullable V> load) throws Exception {
        requireNonNull(load, "The function that loads is null");
        return reload(key, context -> load.call());
    }

    /**
     * Like {@link #getOrLoad(Object, Callable)} for a load that may say how its result is to be stored.
     *
     * @throws NullPointerException if {@code key} or {@code load} is null
     * @throws Exception what {@code load} threw
     */
    @Nullable
    V getOrLoad(K key, ContextLoad<? extends V> load) throws Exception;

    /**
     * Like {@link #getOrLoad(Object, Callable)} for callers to whom a failure is no answer: where neither the cache nor the load
     * nor an entry in its grace answers, or not in the time that the settings allow, what {@code fallback} makes of the failure
     * is returned. That is not stored. Errors ({@link Error}) are thrown; of an interruption the thread is told again.
     *
     * @return also null, if the load returns null: that is no failure
     * @throws NullPointerException if {@code key}, {@code load} or {@code fallback} is null
     * @throws IllegalStateException if the cache is closed
     */
    default @Nullable V getOrLoad(
            K key, Callable<? extends @Nullable V> load, Function<? super Exception, ? extends @Nullable V> fallback) {
        requireNonNull(load, "The function that loads is null");
        return getOrLoad(key, context -> load.call(), fallback);
    }

    /**
     * Like {@link #getOrLoad(Object, Callable, Function)} for a load that may say how its result is to be stored.
     *
     * @throws NullPointerException if {@code key}, {@code load} or {@code fallback} is null
     * @throws IllegalStateException if the cache is closed
     */
    default @Nullable V getOrLoad(
            K key, ContextLoad<? extends V> load, Function<? super Exception, ? extends @Nullable V> fallback) {
        requireNonNull(key, "The key is null");
        requireNonNull(load, "The function that loads is null");
        requireNonNull(fallback, "The function that answers for a load that fails is null");
        try {
            return getOrLoad(key, load);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return fallback.apply(e);
        } catch (Exception e) {
            if (isClosed() && e instanceof IllegalStateException closed) {
                throw closed;
            }
            return fallback.apply(e);
        }
    }

    /**
     * Like {@link #reload(Object, Callable)} for a load that may say how its result is to be stored.
     *
     * @throws NullPointerException if {@code key} or {@code load} is null
     * @throws Exception what {@code load} threw
     */
    @Nullable
    V reload(K key, ContextLoad<? extends V> load) throws Exception;

    /**
     * Like {@link #getOrLoad(Object, Callable)} for a call that answers with a stage; the stage's value is what is stored. Never waits for
     * the load in the calling thread.
     *
     * @throws NullPointerException if {@code key} or {@code load} is null
     */
    default CompletionStage<@Nullable V> getOrLoadAsync(
            K key, Supplier<? extends CompletionStage<? extends @Nullable V>> load) {
        requireNonNull(load, "The function that loads is null");
        return getOrLoadAsync(key, context -> load.get());
    }

    /**
     * Like {@link #reload(Object, Callable)} for a call that answers with a stage. Never waits for the load in the calling thread.
     *
     * @throws NullPointerException if {@code key} or {@code load} is null
     */
    default CompletionStage<@Nullable V> reloadAsync(
            K key, Supplier<? extends CompletionStage<? extends @Nullable V>> load) {
        requireNonNull(load, "The function that loads is null");
        return reloadAsync(key, context -> load.get());
    }

    /**
     * Like {@link #getOrLoadAsync(Object, Supplier)} for a load that may say how its result is to be stored.
     *
     * @throws NullPointerException if {@code key} or {@code load} is null
     */
    CompletionStage<@Nullable V> getOrLoadAsync(K key, AsyncContextLoad<? extends V> load);

    /**
     * Like {@link #reloadAsync(Object, Supplier)} for a load that may say how its result is to be stored.
     *
     * @throws NullPointerException if {@code key} or {@code load} is null
     */
    CompletionStage<@Nullable V> reloadAsync(K key, AsyncContextLoad<? extends V> load);

    /**
     * Ends the life of an entry as if its time were over, on all nodes: nobody reads it any more, and who asks loads. Unlike what
     * {@link #remove} leaves, in its grace (the setting {@code grace}, {@link EntryOptions#withGrace}) it answers where a load
     * fails, is what a load sees as {@link LoadContext#previous}, and is kept for that until its grace is over, from now on. An
     * entry without a grace is removed. A load that began before is not stored; its own caller still gets the value.
     *
     * <p>It does not answer at once while its key is loaded, also where the setting {@code stale-while-revalidate} lets others do
     * that; so long its grace is shorter. Whoever waits for a load may be answered with it after the soft timeout. In an outage it
     * is a removal. Atomic. No writer and no listener is called, and it is no removal in the statistics.
     *
     * @return whether an entry was there; false in an outage
     * @throws NullPointerException if {@code key} is null
     * @throws IllegalStateException if the cache is closed
     * @throws FarTierUnavailableException if the far tier does not answer and the cache fails closed
     */
    boolean expire(K key);

    /**
     * Ends the life of every entry that carries at least one of the tags, on all nodes. When it returns, no read that begins
     * afterwards on this node sees any of them; other nodes follow by message, within the near lease whatever happens to that.
     * An entry whose load began before is not stored, or is dead when it is; its own caller still gets the value. Costs one
     * write for each of the far tier's 64 partitions, however many entries there are; a hundred tags share it.
     *
     * <p>In an outage it takes effect on this node, is remembered, and is made before anything that the far tier says is
     * believed again. No writer and no listener is called.
     *
     * @param tags as {@link EntryOptions#withTags} takes them, at most 1000; if empty, nothing happens
     * @throws NullPointerException if it, or one of them, is null
     * @throws IllegalArgumentException if there are too many, or one cannot be a tag
     * @throws FarTierUnavailableException if the far tier does not answer and the cache fails closed
     */
    void invalidateTags(Collection<String> tags);

    /** Like {@link #invalidateTags} with one tag. */
    default void invalidateTag(String tag) {
        invalidateTags(Collections.singleton(tag));
    }

    /**
     * Ends the life of every entry that carries at least one of the tags as if its time were over. It is {@link #invalidateTags} to
     * whoever reads and to loads that began before, at the same cost; but what had a grace (the setting {@code grace}, {@link
     * EntryOptions#withGrace}) answers in it where a load fails, as after {@link #expire}. It counts from then on, or from the
     * entry's own end if that came before, less the time of {@code stale-while-revalidate}; and from anew if the tag is ended so
     * once more. {@link #invalidateTags} of one of its tags, before or afterwards, leaves nothing that could answer.
     *
     * <p>In an outage it takes effect on this node, is remembered, and is made before anything that the far tier says is
     * believed again; what this node has written meanwhile with one of the tags is removed. No writer and no listener is called.
     *
     * @param tags as {@link EntryOptions#withTags} takes them, at most 1000; if empty, nothing happens
     * @throws NullPointerException if it, or one of them, is null
     * @throws IllegalArgumentException if there are too many, or one cannot be a tag
     * @throws IllegalStateException if the cache is closed
     * @throws FarTierUnavailableException if the far tier does not answer and the cache fails closed
     */
    void expireTags(Collection<String> tags);

    /** Like {@link #expireTags} with one tag. */
    default void expireTag(String tag) {
        expireTags(Collections.singleton(tag));
    }

    /**
     * Removes every entry whose key matches a pattern, on all nodes, and returns how many the far tier had. The pattern speaks of
     * what a person reads in a key: of a string the string itself, of the Integer 42 {@code 42}, of a list, a {@link ReadableKey}, a generated
     * key or another key that is made of standard values only these with colons between, {@code 42:30d}. A key that cannot be
     * written so, or not within 200 characters, is matched by {@code *} alone.
     *
     * <ul>
     *   <li>{@code *} stands for any characters, also for none; {@code ?} for one character
     *   <li>{@code [abc]}, {@code [a-z]} for one of these, {@code [^abc]} for one that is none of them
     *   <li>a backslash takes its meaning from the character that follows it
     * </ul>
     *
     * <p>Each entry goes by itself, at some time during the call: the pattern as a whole is not atomic, and an entry that is
     * written meanwhile may go too. When the call has returned, no read that begins afterwards, on this node, sees what was there
     * when it began; other nodes follow by message, within the near lease whatever happens to that. What replace, an entry
     * processor or a load has made of something that was there then goes as well. A load of such a key that began before is not
     * stored; its own caller still gets the value. No writer and no listener is called.
     *
     * <p>This walks over <em>all</em> keys of the servers, those of other caches included, and removes what matches in the calling
     * thread: on a large server that takes seconds. What is invalidated often is better given a tag, see {@link #invalidateTags}.
     * If this node dies in the middle, some entries stay as they are.
     *
     * <p>In an outage, or if one begins meanwhile, it takes effect on this node, is remembered, and is made up for: a key that
     * matches is removed before anything that the far tier says of it is believed again, and all others by a walk in the
     * background. It then returns what was removed until then. A server that does not answer for a moment is asked again for up
     * to five seconds.
     *
     * @throws NullPointerException if {@code pattern} is null
     * @throws IllegalArgumentException if it means nothing; names it, the place and the cure
     * @throws IllegalStateException if the cache is closed, also in the middle of it; what was removed until then stays so
     * @throws FarTierUnavailableException if the far tier does not answer and the cache fails closed
     */
    long invalidatePattern(String pattern);

    /**
     * Like {@link #invalidatePattern} for all keys that begin so, whatever the characters of {@code prefix} mean in patterns. An
     * empty one means all keys: {@link #clear} costs less then. A prefix that is declared by the setting {@code namespaces} costs
     * what {@link #invalidateTag} costs: no key is looked at, and 0 is returned, for nobody counts.
     *
     * @throws NullPointerException if {@code prefix} is null
     * @throws IllegalArgumentException if it has more than 200 characters, which no key has that could be read
     * @throws IllegalStateException if the cache is closed, also in the middle of it; what was removed until then stays so
     * @throws FarTierUnavailableException if the far tier does not answer and the cache fails closed
     */
    long invalidatePrefix(String prefix);

    /**
     * Like {@link #invalidatePattern}, in the background and at that pace. Four of a cache are under way at a time, more wait until
     * one of these has ended. Closing the cache ends it where it is, and cancels those that wait.
     *
     * @return shows how far it has come and can end it
     * @throws NullPointerException if {@code pattern} or {@code pace} is null
     * @throws IllegalArgumentException if the pattern means nothing; names it, the place and the cure
     * @throws IllegalStateException if the cache is closed
     */
    PatternInvalidation startInvalidatingPattern(String pattern, InvalidationPace pace);

    /**
     * Like {@link #startInvalidatingPattern} for all keys that begin so; see {@link #invalidatePrefix}.
     *
     * @return shows how far it has come and can end it
     * @throws NullPointerException if {@code prefix} or {@code pace} is null
     * @throws IllegalArgumentException if the prefix has more than 200 characters, which no key has that could be read
     * @throws IllegalStateException if the cache is closed
     */
    PatternInvalidation startInvalidatingPrefix(String prefix, InvalidationPace pace);

    /**
     * Like {@link #invalidatePattern}, and ends each entry as {@link #expire} does: in its grace it may answer where a load fails. In an
     * outage it is {@link #invalidatePattern} where a server does not answer.
     *
     * @return how many live entries the far tier had that have ended
     * @throws NullPointerException if {@code pattern} is null
     * @throws IllegalArgumentException if it means nothing; names it, the place and the cure
     * @throws IllegalStateException if the cache is closed, also in the middle of it; what has ended until then stays so
     * @throws FarTierUnavailableException if the far tier does not answer and the cache fails closed
     */
    long expirePattern(String pattern);

    /**
     * Like {@link #expirePattern} for all keys that begin so; see {@link #invalidatePrefix}.
     *
     * @return how many live entries the far tier had that have ended
     * @throws NullPointerException if {@code prefix} is null
     * @throws IllegalArgumentException if it has more than 200 characters, which no key has that could be read
     * @throws IllegalStateException if the cache is closed, also in the middle of it; what has ended until then stays so
     * @throws FarTierUnavailableException if the far tier does not answer and the cache fails closed
     */
    long expirePrefix(String prefix);

    /**
     * Like {@link #expirePattern}, in the background; see {@link #startInvalidatingPattern}.
     *
     * @return shows how far it has come and can end it
     * @throws NullPointerException if {@code pattern} or {@code pace} is null
     * @throws IllegalArgumentException if the pattern means nothing; names it, the place and the cure
     * @throws IllegalStateException if the cache is closed
     */
    PatternInvalidation startExpiringPattern(String pattern, InvalidationPace pace);

    /**
     * Like {@link #startExpiringPattern} for all keys that begin so; see {@link #invalidatePrefix}.
     *
     * @return shows how far it has come and can end it
     * @throws NullPointerException if {@code prefix} or {@code pace} is null
     * @throws IllegalArgumentException if the prefix has more than 200 characters, which no key has that could be read
     * @throws IllegalStateException if the cache is closed
     */
    PatternInvalidation startExpiringPrefix(String prefix, InvalidationPace pace);

    /**
     * Returns what is known of a key: what this node keeps near and what the far tier has, each with the write that it is of, its age
     * and its tags, and why a {@code get} is answered by one of them, or is a miss. For people and for tests: it asks the server
     * several questions, one after another, and counts in no figure. Nothing is loaded, stored or healed; what this node remembers of
     * an outage is not told.
     *
     * @return never null; in an outage without what the far tier has
     * @throws NullPointerException if {@code key} is null
     * @throws IllegalStateException if the cache is closed
     */
    EntryExplanation explain(K key);

    /** Returns the figures of this cache on this node; never null. Counted whether or not JSR-107 statistics are on. */
    CacheFigures figures();

    /**
     * Returns the settings that hold for this cache, and where each comes from; never null. Settings outside of the code, a
     * {@link NearfarConfiguration}, templates and defaults are worked into one. Also of a cache that is closed.
     */
    EffectiveSettings settings();

    /**
     * Returns how long ago the near tier of this cache was last known to have applied every write of every node: the
     * oldest over its partitions. Answers are no older than this, and near answers are given only while it is less than
     * {@code nearfar.near.lease}, or {@code nearfar.max-stale} in an outage. In an outage it grows.
     *
     * @return null if the cache has no near tier over a far one
     */
    @Nullable
    Duration sinceVerified();

    /**
     * Returns this cache with operations that answer with stages, for which no thread waits. Costs nothing to get; to be asked
     * for as often as one likes. It is closed with the cache.
     */
    AsyncNearfarCache<K, V> async();

    /**
     * Returns this cache over its entries of another version: they share name, types, settings and expiry policy, and
     * nothing that is stored. What is put, removed, cleared, invalidated or loaded through one is not seen through the
     * other, near, far or in an outage. The same version gives the same view until that is closed; the cache's own version
     * gives the cache itself. Views are closed with the cache, and closing one alone frees its place. At most 16 are open at a
     * time. A view has figures, observers and listeners of its own, and no part in the cache's JSR-107 statistics.
     *
     * <p>A view is for what another release has stored: it calls no writer, and a read that finds nothing calls no loader.
     * Only {@link Cache#loadAll} calls the loader of the cache. It decodes entries as this cache does, so that one of a class
     * which has changed incompatibly is a miss.
     *
     * <p>It takes no thread of its own but while it walks over its keys, or loads an entry again, in the background. {@link NearfarManager#destroyVersion} removes what a version has left.
     *
     * @param version 0 for the version without a number in its keys, or above
     * @throws IllegalArgumentException if {@code version} is below 0
     * @throws IllegalStateException if this cache is closed
     * @throws javax.cache.CacheException if 16 other views are open
     */
    NearfarCache<K, V> version(int version);

    /** Returns the version whose entries this cache reads and writes: that of the setting {@code version}, 0 without. */
    int version();

    /** Adds an observer of this cache on this node; adding one twice has no further effect. */
    void addObserver(CacheObserver observer);

    /** Takes an observer away again; one that was never added is ignored. */
    void removeObserver(CacheObserver observer);
}
