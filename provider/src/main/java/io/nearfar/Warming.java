package io.nearfar;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

/**
 * One run of a {@link Warmer}. Each call loads one key, under the load lease as any load: what is invalidated meanwhile is not
 * stored, and a load of somebody else is waited for and not repeated. Each waits first, if the plan bounds how many keys there may
 * be in a second. A key whose load fails is counted, the first such failure of a run is logged, and the run goes on.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public interface Warming<K, V> {
    /** Says how many keys this run is about; for the progress that others see. Negative numbers count as unknown. */
    void expect(long keys);

    /**
     * Has the cache's loader load the key, unless there is an entry.
     *
     * @return whether there is a value now
     * @throws NullPointerException if the key is null
     * @throws IllegalStateException if the cache has no loader
     * @throws CancellationException if the manager or the cache is being closed; to be let through
     */
    boolean load(K key);

    /**
     * Has {@code load} called for the key, unless there is an entry.
     *
     * @return whether there is a value now
     * @throws NullPointerException if an argument is null
     * @throws CancellationException likewise
     */
    boolean load(K key, ContextLoad<? extends V> load);

    /**
     * Calls what fills the cache itself: a method with {@code @CacheResult}, say, which is called so where its result is not there.
     *
     * @return whether the call returned something
     * @throws NullPointerException if {@code call} is null
     * @throws CancellationException likewise
     */
    boolean call(Callable<?> call);

    /**
     * Has {@code load} called for the key, also where there is an entry, whose place the result takes.
     *
     * @return whether the load had a value
     * @throws NullPointerException if an argument is null
     * @throws CancellationException likewise
     */
    boolean reload(K key, ContextLoad<? extends V> load);
}
