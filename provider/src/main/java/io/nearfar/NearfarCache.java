package io.nearfar;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * What a Nearfar cache can do beyond JSR-107; reached by {@code cache.unwrap(NearfarCache.class)}.
 *
 * <p>The loading methods share one rule. The call happens under the key's load lease: one call per key at a time
 * in the process and over the nodes, and its result is stored only if no write, removal or clear touched the key since
 * the call began. A result that lost that race is still returned to the caller who began before it. A result of
 * {@code null} is returned and not stored. When the far tier does not answer, the call is made all the same and its
 * result returned; these methods throw nothing of their own for an outage. What the call throws reaches the caller
 * unchanged and stores nothing. A lambda without parameters is a {@link Callable}, one with a parameter a
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
     * Returns the value under {@code key}, or what {@code load} returns when there is none.
     *
     * @throws NullPointerException if {@code key} or {@code load} is null
     * @throws Exception what {@code load} threw
     */
    @Nullable
    V getOrLoad(K key, Callable<? extends @Nullable V> load) throws Exception;

    /**
     * Calls {@code load} whether or not there is an entry, and stores its result in place of it.
     *
     * @throws NullPointerException if {@code key} or {@code load} is null
     * @throws Exception what {@code load} threw
     */
    @Nullable
    V reload(K key, Callable<? extends @Nullable V> load) throws Exception;

    /**
     * Like {@link #getOrLoad(Object, Callable)} for a load that may say how its result is to be stored.
     *
     * @throws NullPointerException if {@code key} or {@code load} is null
     * @throws Exception what {@code load} threw
     */
    @Nullable
    V getOrLoad(K key, ContextLoad<? extends V> load) throws Exception;

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
    CompletionStage<@Nullable V> getOrLoadAsync(K key, Supplier<? extends CompletionStage<? extends @Nullable V>> load);

    /**
     * Like {@link #reload(Object, Callable)} for a call that answers with a stage. Never waits for the load in the calling thread.
     *
     * @throws NullPointerException if {@code key} or {@code load} is null
     */
    CompletionStage<@Nullable V> reloadAsync(K key, Supplier<? extends CompletionStage<? extends @Nullable V>> load);

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

    /** Returns the figures of this cache on this node; never null. Counted whether or not JSR-107 statistics are on. */
    CacheFigures figures();

    /**
     * Returns how long ago the near tier of this cache was last known to have applied every write of every node: the
     * oldest over its partitions. Answers are no older than this, and near answers are given only while it is less than
     * {@code nearfar.near.lease}, or {@code nearfar.max-stale} in an outage. In an outage it grows.
     *
     * @return null if the cache has no near tier over a far one
     */
    @Nullable
    Duration sinceVerified();

    /** Adds an observer of this cache on this node; adding one twice has no further effect. */
    void addObserver(CacheObserver observer);

    /** Takes an observer away again; one that was never added is ignored. */
    void removeObserver(CacheObserver observer);
}
