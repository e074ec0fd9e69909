package io.nearfar;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.cache.processor.EntryProcessor;
import org.jspecify.annotations.Nullable;

/**
 * A {@link NearfarCache} whose operations answer with stages; reached by {@link NearfarCache#async}. Each does what the method of
 * the same name does there, atomicity, policy in outages, statistics and observers included, and its stage completes with what
 * that returns or, exceptionally, with what that throws: no method here throws, also not for an argument that is null or a cache
 * that is closed.
 *
 * <p>No thread waits for the far tier while a stage of {@code get}, {@code getAll}, {@code containsKey}, {@code put}, {@code
 * putAll}, {@code putIfAbsent}, {@code getAndPut}, {@code replace}, {@code getAndReplace}, {@code remove}, {@code getAndRemove}, {@code expire} or
 * {@code removeAll} is pending, however many are. What needs a thread has one of the few that the cache has for this, and waits for
 * its turn: code of the application (loaders, writers, listeners, entry processors, an expiry policy that is no stock one or counts
 * from accesses); the loads of {@code getOrLoad} and {@code reload} from asking for the right to load until the load has begun, and
 * the storing of what it brought; {@code clear} and invalidations; values above 1 MiB; a key that others change at the same
 * instant; keys of which something is to be made up for after an outage.
 *
 * <p>A stage of which everything is known in the process, as a hit of the near tier, is complete when it is returned. Others are
 * completed by a thread of the cache, with the class loader of the manager, and so what depends on them runs there, unless
 * it is given an executor. Do not wait for another stage in one: there are few.
 *
 * <p>Calls of which one does not wait for the other are made in any order. Keys and values must not be changed while a method runs,
 * and may be as soon as it has returned. To cancel a stage ends the caller's interest alone: what was asked for happens.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public interface AsyncNearfarCache<K, V> {
    /** Returns the cache of which this is a view. */
    NearfarCache<K, V> sync();

    /** Like {@link NearfarCache#get}; the stage completes with null if there is nothing. */
    CompletionStage<@Nullable V> get(K key);

    /** Like {@link NearfarCache#getOrDefault}. */
    default CompletionStage<V> getOrDefault(K key, V otherwise) {
        if (otherwise == null) {
            return CompletableFuture.failedStage(new NullPointerException(
                    "The value to return where there is none is null; get completes with null by itself"));
        }
        return get(key).thenApply(found -> found == null ? otherwise : found);
    }

    /** Like {@link NearfarCache#getAll}; each key is asked for by itself, all at once. */
    CompletionStage<Map<K, V>> getAll(Set<? extends K> keys);

    /** Like {@link NearfarCache#containsKey}. */
    CompletionStage<Boolean> containsKey(K key);

    /** Like {@link NearfarCache#put(Object, Object)}; the stage completes with null. */
    CompletionStage<@Nullable Void> put(K key, V value);

    /** Like {@link NearfarCache#put(Object, Object, EntryOptions)}; the stage completes with null. */
    CompletionStage<@Nullable Void> put(K key, V value, EntryOptions options);

    /** Like {@link NearfarCache#putAll}; each entry is put by itself, all at once. The stage completes with null. */
    CompletionStage<@Nullable Void> putAll(Map<? extends K, ? extends V> map);

    /** Like {@link NearfarCache#getAndPut}; the stage completes with null if there was nothing. */
    CompletionStage<@Nullable V> getAndPut(K key, V value);

    /** Like {@link NearfarCache#putIfAbsent}. */
    CompletionStage<Boolean> putIfAbsent(K key, V value);

    /** Like {@link NearfarCache#replace(Object, Object)}. */
    CompletionStage<Boolean> replace(K key, V value);

    /** Like {@link NearfarCache#replace(Object, Object, Object)}. */
    CompletionStage<Boolean> replace(K key, V oldValue, V newValue);

    /** Like {@link NearfarCache#getAndReplace}; the stage completes with null if there was nothing. */
    CompletionStage<@Nullable V> getAndReplace(K key, V value);

    /** Like {@link NearfarCache#remove(Object)}. */
    CompletionStage<Boolean> remove(K key);

    /** Like {@link NearfarCache#remove(Object, Object)}. */
    CompletionStage<Boolean> remove(K key, V oldValue);

    /** Like {@link NearfarCache#getAndRemove}; the stage completes with null if there was nothing. */
    CompletionStage<@Nullable V> getAndRemove(K key);

    /** Like {@link NearfarCache#removeAll(Set)}; each key is removed by itself, all at once. The stage completes with null. */
    CompletionStage<@Nullable Void> removeAll(Set<? extends K> keys);

    /** Like {@link NearfarCache#clear}; the stage completes with null. */
    CompletionStage<@Nullable Void> clear();

    /** Like {@link NearfarCache#getOrLoadAsync(Object, Supplier)}, and asks Redis without the caller's thread. */
    CompletionStage<@Nullable V> getOrLoad(K key, Supplier<? extends CompletionStage<? extends @Nullable V>> load);

    /** Like {@link NearfarCache#getOrLoadAsync(Object, AsyncContextLoad)}, and asks Redis without the caller's thread. */
    CompletionStage<@Nullable V> getOrLoad(K key, AsyncContextLoad<? extends V> load);

    /**
     * Like {@link #getOrLoad(Object, Supplier)} for callers to whom a failure is no answer: where neither the cache nor the load nor an
     * entry in its grace answers, the stage completes with what {@code fallback} makes of the failure. That is not stored. Errors
     * ({@link Error}) and a cache that is closed complete the stage exceptionally all the same.
     */
    default CompletionStage<@Nullable V> getOrLoad(
            K key,
            Supplier<? extends CompletionStage<? extends @Nullable V>> load,
            Function<? super Exception, ? extends @Nullable V> fallback) {
        if (key == null || load == null || fallback == null) {
            return CompletableFuture.failedStage(
                    new NullPointerException("The key, the load or the function that answers for it is null"));
        }
        return getOrLoad(key, load).exceptionally(failure -> {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            boolean closed = sync().isClosed() && cause instanceof IllegalStateException;
            if (closed || !(cause instanceof Exception exception)) {
                throw failure instanceof CompletionException thrown ? thrown : new CompletionException(cause);
            }
            return fallback.apply(exception);
        });
    }

    /** Like {@link NearfarCache#reloadAsync(Object, Supplier)}, and asks Redis without the caller's thread. */
    CompletionStage<@Nullable V> reload(K key, Supplier<? extends CompletionStage<? extends @Nullable V>> load);

    /** Like {@link NearfarCache#reloadAsync(Object, AsyncContextLoad)}, and asks Redis without the caller's thread. */
    CompletionStage<@Nullable V> reload(K key, AsyncContextLoad<? extends V> load);

    /** Like {@link NearfarCache#invoke}; the processor runs in a thread of the cache. */
    <T> CompletionStage<@Nullable T> invoke(K key, EntryProcessor<K, V, T> processor, Object... arguments);

    /** Like {@link NearfarCache#expire}. */
    CompletionStage<Boolean> expire(K key);

    /** Like {@link NearfarCache#invalidateTag}; the stage completes with null. */
    CompletionStage<@Nullable Void> invalidateTag(String tag);

    /** Like {@link NearfarCache#invalidateTags}; the stage completes with null. */
    CompletionStage<@Nullable Void> invalidateTags(Collection<String> tags);

    /** Like {@link NearfarCache#invalidatePattern}. */
    CompletionStage<Long> invalidatePattern(String pattern);

    /** Like {@link NearfarCache#invalidatePrefix}. */
    CompletionStage<Long> invalidatePrefix(String prefix);

    /** Like {@link NearfarCache#expireTag}; the stage completes with null. */
    CompletionStage<@Nullable Void> expireTag(String tag);

    /** Like {@link NearfarCache#expireTags}; the stage completes with null. */
    CompletionStage<@Nullable Void> expireTags(Collection<String> tags);

    /** Like {@link NearfarCache#expirePattern}. */
    CompletionStage<Long> expirePattern(String pattern);

    /** Like {@link NearfarCache#expirePrefix}. */
    CompletionStage<Long> expirePrefix(String prefix);
}
