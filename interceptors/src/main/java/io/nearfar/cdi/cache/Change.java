package io.nearfar.cdi.cache;

import io.nearfar.EntryOptions;
import io.nearfar.cdi.method.MethodParameter;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
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

    /** Stores the argument in place of {@code value}, as {@code entries} says; null, which no cache holds, leaves no entry. */
    static Change put(CacheChoice caches, Keys keys, MethodParameter value, EntryWriter entries) {
        return (call, result) -> {
            Object argument = call.argument(value);
            if (argument == null) {
                caches.of(call).cache().remove(keys.of(call));
            } else if (entries.isIdle()) {
                caches.of(call).cache().put(keys.of(call), argument);
            } else {
                putWithOptions(caches.of(call), keys.of(call), argument, () -> entries.options(call, result));
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

    /** Without its options it must not be stored, and what it was to replace must not stay. */
    private static void putWithOptions(CacheTarget target, Object key, Object value, Supplier<EntryOptions> said) {
        EntryOptions options;
        try {
            target.tagging();
            options = said.get();
        } catch (RuntimeException e) {
            target.cache().remove(key);
            throw e;
        }
        target.tagging().put(key, value, options);
    }

    /** Ends the entries that carry any of the tags, softly or not; all entries, if nobody can tell which tags these are. */
    static Change invalidate(CacheChoice caches, TagWriter tags, boolean soft) {
        return (call, result) -> {
            CacheTarget target = caches.of(call);
            Set<String> all;
            try {
                target.tagging();
                all = tags.tags(call, result);
            } catch (RuntimeException e) {
                target.cache().clear();
                throw e;
            }
            end(Portions.of(all), soft ? target.tagging()::expireTags : target.tagging()::invalidateTags);
        };
    }

    /** Ends each of them, also where another cannot be ended, and then throws why. */
    private static void end(List<List<String>> portions, Consumer<List<String>> ending) {
        RuntimeException failure = null;
        for (List<String> portion : portions) {
            failure = Refusals.attempted(failure, () -> ending.accept(portion));
        }
        if (failure != null) {
            throw failure;
        }
    }
}
