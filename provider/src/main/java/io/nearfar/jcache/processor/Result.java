package io.nearfar.jcache.processor;

import javax.cache.CacheException;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/**
 * What a processor answered for one of many keys, or how it failed.
 *
 * @param value its answer, null if it failed
 * @param failure null if it did not
 */
public record Result<T>(@Nullable T value, @Nullable RuntimeException failure) implements EntryProcessorResult<T> {
    @Override
    @SuppressWarnings("NullAway") // null answers are left out of the results before they come here
    public T get() {
        if (failure instanceof CacheException wrapped) {
            throw wrapped;
        } else if (failure != null) {
            throw new EntryProcessorException("The entry processor failed for one of the keys", failure);
        }
        return value;
    }
}
