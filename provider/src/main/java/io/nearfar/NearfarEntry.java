package io.nearfar;

import javax.cache.processor.MutableEntry;

/**
 * What an entry processor can do beyond JSR-107; reached by {@code entry.unwrap(NearfarEntry.class)}.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public interface NearfarEntry<K, V> extends MutableEntry<K, V> {
    /**
     * Like {@link #setValue(Object)}, and gives the entry these options if the processor leaves the value as it is then. A
     * later {@code setValue} without options takes them back. A processor that has its value from elsewhere is no load: what
     * it writes counts as made up when it is committed, so an invalidation of tags meanwhile does not end it.
     *
     * @throws NullPointerException if {@code value} or {@code options} is null
     * @throws ClassCastException if the cache is declared with another type of values
     */
    void setValue(V value, EntryOptions options);
}
