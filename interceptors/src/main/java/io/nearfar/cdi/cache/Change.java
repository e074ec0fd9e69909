package io.nearfar.cdi.cache;

import io.nearfar.EntryOptions;
import io.nearfar.cdi.method.MethodParameter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a {@code @CachePut}, {@code @CacheRemove} or {@code @CacheRemoveAll} does to its cache. */
@FunctionalInterface
interface Change {
    /**
     * Makes the change.
     *
     * @param result what the method returned, or its stage completed with; null if it has not, or threw
     * @throws RuntimeException if key, cache or the change itself fails
     */
    void apply(Invocation call, @Nullable Object result);

    /** Stores the argument in place of {@code value}, with tags; null, which no cache holds, leaves no entry. */
    static Change put(CacheChoice caches, Keys keys, MethodParameter value, TagWriter tags) {
        return (call, result) -> {
            Object argument = call.argument(value);
            if (argument == null) {
                caches.of(call).cache().remove(keys.of(call));
            } else if (tags.isIdle()) {
                caches.of(call).cache().put(keys.of(call), argument);
            } else {
                EntryOptions options = EntryOptions.NONE.withTags(tags.tags(call, result));
                caches.of(call).tagging().put(keys.of(call), argument, options);
            }
        };
    }

    /** Removes one entry. */
    static Change remove(CacheChoice caches, Keys keys) {
        return (call, result) -> caches.of(call).cache().remove(keys.of(call));
    }

    /** Removes all entries. */
    static Change removeAll(CacheChoice caches) {
        return (call, result) -> caches.of(call).cache().removeAll();
    }

    /** Ends the entries that carry any of the tags. */
    static Change invalidate(CacheChoice caches, TagWriter tags) {
        return (call, result) -> {
            Set<String> all = tags.tags(call, result);
            if (!all.isEmpty()) {
                caches.of(call).tagging().invalidateTags(all);
            }
        };
    }
}
