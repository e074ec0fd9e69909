package io.nearfar.jcache;

import io.nearfar.AsyncContextLoad;
import io.nearfar.AsyncNearfarCache;
import io.nearfar.EntryOptions;
import io.nearfar.NearfarCache;
import io.nearfar.entry.AsyncEntryStore;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.NeedsThreadException;
import io.nearfar.entry.Reply;
import io.nearfar.entry.Value;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.cache.processor.EntryProcessor;
import org.jspecify.annotations.Nullable;

/**
 * One cache whose operations answer with stages. Where listeners, writers or a policy that is to be asked take part, the cache's
 * own operation is made by a thread of it; where no far tier takes part, by the caller, who waits for nobody.
 */
final class AsyncView<K, V> implements AsyncNearfarCache<K, V> {
    private final CacheFrontDesk<K, V> cache;
    private final Desk<K, V> desk;
    private final TypeGuard<K, V> guard;
    private final AsyncReads<K, V> reads;
    private final AsyncCalls calls;
    private final @Nullable AsyncEntryStore<K, V> store;

    AsyncView(
            CacheFrontDesk<K, V> cache,
            Desk<K, V> desk,
            TypeGuard<K, V> guard,
            Reads<K, V> reads,
            Loading<K, V> loading) {
        this.cache = cache;
        this.desk = desk;
        this.guard = guard;
        this.calls = new AsyncCalls(cache::mustBeOpen, desk.background(), desk.completers());
        this.store = desk.opened().tiers().async();
        this.reads = new AsyncReads<>(cache, desk, reads, loading, calls);
    }

    @Override
    public NearfarCache<K, V> sync() {
        return cache;
    }

    // ---- reads

    @Override
    public CompletionStage<@Nullable V> get(K key) {
        return calls.begun(() -> {
            guard.key(key);
            return reads.get(desk.kept(key));
        });
    }

    /** Whether a read of an entry may ask the application's policy, or move an expiration. */
    private boolean isAccessAsked() {
        return desk.mindsAccess();
    }

    @Override
    public CompletionStage<Map<K, V>> getAll(Set<? extends K> keys) {
        return calls.begun(() -> {
            guard.keys(keys);
            return reads.getAll(keys);
        });
    }

    @Override
    public CompletionStage<Boolean> containsKey(K key) {
        return calls.begun(() -> {
            guard.key(key);
            return reads.containsKey(desk.kept(key));
        });
    }

    // ---- writes

    @Override
    public CompletionStage<@Nullable Void> put(K key, V value) {
        return put(key, value, EntryOptions.NONE);
    }

    @Override
    public CompletionStage<@Nullable Void> put(K key, V value, EntryOptions options) {
        return calls.begun(() -> {
            guard.entry(key, value);
            guard.options(options);
            K own = desk.kept(key);
            Value<V> kept = desk.values().keep(value);
            Supplier<@Nullable Void> wholly = () -> {
                cache.put(own, kept.get(), options);
                return null;
            };
            long start = desk.statistics().start();
            return changed("put", own, wholly, changes -> changes.write(own, kept, options), reply -> {
                wrote(own, kept, reply, start);
                return null;
            });
        });
    }

    /** Makes a change without a thread where nobody but the far tier takes part. */
    private <T extends @Nullable Object> CompletionStage<T> changed(
            String operation,
            K key,
            Supplier<T> wholly,
            Function<AsyncChanges<K, V>, CompletableFuture<Reply<V>>> change,
            Function<Reply<V>, T> end) {
        if (store == null || isByThread()) {
            return made(wholly);
        }
        AsyncChanges<K, V> changes = new AsyncChanges<>(desk, store);
        Function<Reply<V>, T> told = changes.told(operation, key, end);
        return calls.then(changes.begun(operation, key, () -> change.apply(changes)), told, wholly);
    }

    private void wrote(K key, Value<V> value, Reply<V> reply, long start) {
        desk.statistics().puts(Desk.isStored(reply) ? 1 : 0, start);
        desk.wrote(key, value, reply);
    }

    private void countGet(Reply<V> reply, long start) {
        if (reply.existed()) {
            desk.statistics().hit(start);
        } else {
            desk.statistics().miss(start);
        }
    }

    private static <V> @Nullable V met(Reply<V> reply) {
        Entry<V> met = reply.met();
        return met == null ? null : met.get();
    }

    @Override
    public CompletionStage<@Nullable Void> putAll(Map<? extends K, ? extends V> map) {
        return calls.begun(() -> {
            guard.entries(map);
            Map<K, V> own = new HashMap<>();
            map.forEach((key, value) ->
                    own.put(desk.kept(key), desk.values().keep(value).get()));
            Runnable wholly = () -> cache.putAll(own);
            return isByThread()
                    ? done(wholly)
                    : calls.all(own.entrySet(), entry -> put(entry.getKey(), entry.getValue()), all -> null);
        });
    }

    /** Whether the application has a part in changes, or nobody is to be waited for. */
    private boolean isByThread() {
        return store == null || desk.isSerialised() || isAccessAsked();
    }

    /** Makes an operation here if it waits for nobody, else in a thread of the cache. */
    private CompletionStage<@Nullable Void> done(Runnable operation) {
        return made(() -> {
            operation.run();
            return null;
        });
    }

    private <T extends @Nullable Object> CompletionStage<T> made(Supplier<T> operation) {
        return store == null && !desk.isSerialised() && !isAccessAsked()
                ? AsyncCalls.here(operation)
                : calls.inThread(operation);
    }

    @Override
    public CompletionStage<@Nullable V> getAndPut(K key, V value) {
        return calls.begun(() -> {
            guard.entry(key, value);
            K own = desk.kept(key);
            Value<V> kept = desk.values().keep(value);
            long start = desk.statistics().start();
            return changed(
                    "getAndPut",
                    own,
                    () -> cache.getAndPut(own, kept.get()),
                    changes -> changes.write(own, kept, Condition.WITNESSED, true),
                    reply -> {
                        countGet(reply, start);
                        wrote(own, kept, reply, start);
                        return met(reply);
                    });
        });
    }

    @Override
    public CompletionStage<Boolean> putIfAbsent(K key, V value) {
        return calls.begun(() -> {
            guard.entry(key, value);
            K own = desk.kept(key);
            Value<V> kept = desk.values().keep(value);
            long start = desk.statistics().start();
            return changed(
                    "putIfAbsent",
                    own,
                    () -> cache.putIfAbsent(own, kept.get()),
                    changes -> changes.write(own, kept, Condition.ABSENT, false),
                    reply -> {
                        countGet(reply, start);
                        wrote(own, kept, reply, start);
                        return Desk.isStored(reply);
                    });
        });
    }

    @Override
    public CompletionStage<Boolean> replace(K key, V value) {
        return calls.begun(() -> {
            guard.entry(key, value);
            K own = desk.kept(key);
            Value<V> kept = desk.values().keep(value);
            long start = desk.statistics().start();
            return changed(
                    "replace",
                    own,
                    () -> cache.replace(own, kept.get()),
                    changes -> changes.write(own, kept, Condition.PRESENT, false),
                    reply -> replaced(own, kept, reply, start));
        });
    }

    private boolean replaced(K key, Value<V> value, Reply<V> reply, long start) {
        countGet(reply, start);
        desk.statistics().puts(reply.applied() ? 1 : 0, start);
        desk.wrote(key, value, reply);
        return reply.applied();
    }

    @Override
    public CompletionStage<Boolean> replace(K key, V oldValue, V newValue) {
        return calls.begun(() -> {
            guard.oldValue(oldValue);
            guard.entry(key, newValue);
            K own = desk.kept(key);
            V expected = desk.values().keep(oldValue).get();
            Value<V> kept = desk.values().keep(newValue);
            long start = desk.statistics().start();
            return changed(
                    "replace",
                    own,
                    () -> cache.replace(own, expected, kept.get()),
                    changes -> changes.settle(own, seen -> isEqual(seen, expected) ? rewrite(own, kept, seen) : null),
                    reply -> replaced(own, kept, reply, start));
        });
    }

    private Change<V> rewrite(K key, Value<V> value, @Nullable Entry<V> seen) {
        return Change.write(value, Changes.as(seen), fixed(key, value), false).with(desk.attributes(key));
    }

    private Lifetime fixed(K key, Value<V> value) {
        Lifetime fixed = desk.expiry(key, value).fixed();
        if (fixed == null) {
            throw NeedsThreadException.INSTANCE;
        }
        return fixed;
    }

    private boolean isEqual(@Nullable Entry<V> seen, V expected) {
        return seen != null && expected.equals(seen.get());
    }

    @Override
    public CompletionStage<@Nullable V> getAndReplace(K key, V value) {
        return calls.begun(() -> {
            guard.entry(key, value);
            K own = desk.kept(key);
            Value<V> kept = desk.values().keep(value);
            long start = desk.statistics().start();
            return changed(
                    "getAndReplace",
                    own,
                    () -> cache.getAndReplace(own, kept.get()),
                    changes -> changes.settle(
                            own,
                            seen -> seen == null
                                    ? null
                                    : Change.write(kept, Changes.as(seen), fixed(own, kept), true)
                                            .with(desk.attributes(own))),
                    reply -> replaced(own, kept, reply, start) ? met(reply) : null);
        });
    }

    @Override
    public CompletionStage<Boolean> remove(K key) {
        return calls.begun(() -> {
            guard.key(key);
            K own = desk.kept(key);
            long start = desk.statistics().start();
            return changed(
                    "remove",
                    own,
                    () -> cache.remove(own),
                    changes -> changes.remove(own, Condition.ALWAYS, false),
                    reply -> removed(own, reply, reply.existed(), start));
        });
    }

    private boolean removed(K key, Reply<V> reply, boolean counts, long start) {
        desk.statistics().removals(counts ? 1 : 0, start);
        desk.removed(key, reply);
        return counts;
    }

    @Override
    public CompletionStage<Boolean> remove(K key, V oldValue) {
        return calls.begun(() -> {
            guard.key(key);
            guard.oldValue(oldValue);
            K own = desk.kept(key);
            V expected = desk.values().keep(oldValue).get();
            long start = desk.statistics().start();
            return changed(
                    "remove",
                    own,
                    () -> cache.remove(own, expected),
                    changes -> changes.settle(
                            own, seen -> isEqual(seen, expected) ? Change.removal(Changes.as(seen), false) : null),
                    reply -> {
                        countGet(reply, start);
                        return removed(own, reply, reply.applied(), start);
                    });
        });
    }

    @Override
    public CompletionStage<@Nullable V> getAndRemove(K key) {
        return calls.begun(() -> {
            guard.key(key);
            K own = desk.kept(key);
            long start = desk.statistics().start();
            return changed(
                    "getAndRemove",
                    own,
                    () -> cache.getAndRemove(own),
                    changes -> changes.remove(own, Condition.WITNESSED, true),
                    reply -> {
                        countGet(reply, start);
                        removed(own, reply, reply.existed(), start);
                        return met(reply);
                    });
        });
    }

    @Override
    public CompletionStage<@Nullable Void> removeAll(Set<? extends K> keys) {
        return calls.begun(() -> {
            guard.keys(keys);
            Set<K> own = new HashSet<>();
            keys.forEach(key -> own.add(desk.kept(key)));
            return isByThread() ? done(() -> cache.removeAll(own)) : calls.all(own, this::remove, all -> null);
        });
    }

    // ---- loading and processors

    @Override
    public CompletionStage<@Nullable V> getOrLoad(
            K key, Supplier<? extends CompletionStage<? extends @Nullable V>> load) {
        return calls.begun(() -> {
            guard.function(load);
            return getOrLoad(key, context -> load.get());
        });
    }

    @Override
    public CompletionStage<@Nullable V> getOrLoad(K key, AsyncContextLoad<? extends V> load) {
        return calls.begun(() -> {
            guard.key(key);
            guard.function(load);
            return reads.getOrLoad(desk.kept(key), load);
        });
    }

    @Override
    public CompletionStage<@Nullable V> reload(K key, Supplier<? extends CompletionStage<? extends @Nullable V>> load) {
        return calls.begun(() -> {
            guard.function(load);
            return reload(key, context -> load.get());
        });
    }

    @Override
    public CompletionStage<@Nullable V> reload(K key, AsyncContextLoad<? extends V> load) {
        return calls.begun(() -> {
            guard.key(key);
            guard.function(load);
            K own = desk.kept(key);
            return calls.inThreadLater(() -> cache.reloadAsync(own, load));
        });
    }

    @Override
    public <T> CompletionStage<@Nullable T> invoke(K key, EntryProcessor<K, V, T> processor, Object... arguments) {
        return calls.begun(() -> {
            guard.key(key);
            guard.processor(processor);
            K own = desk.kept(key);
            return calls.inThread(() -> cache.invoke(own, processor, arguments));
        });
    }

    // ---- what ends many entries

    @Override
    public CompletionStage<@Nullable Void> clear() {
        return calls.begun(() -> done(cache::clear));
    }

    @Override
    public CompletionStage<Boolean> expire(K key) {
        return calls.begun(() -> {
            guard.key(key);
            K own = desk.kept(key);
            return store == null
                    ? AsyncCalls.here(() -> cache.expire(own))
                    : new AsyncChanges<>(desk, store).expire(calls, own, () -> cache.expire(own));
        });
    }

    @Override
    public CompletionStage<@Nullable Void> invalidateTag(String tag) {
        return invalidateTags(Collections.singleton(tag));
    }

    @Override
    public CompletionStage<@Nullable Void> invalidateTags(Collection<String> tags) {
        return ending(tags, cache::invalidateTags);
    }

    @Override
    public CompletionStage<@Nullable Void> expireTag(String tag) {
        return expireTags(Collections.singleton(tag));
    }

    @Override
    public CompletionStage<@Nullable Void> expireTags(Collection<String> tags) {
        return ending(tags, cache::expireTags);
    }

    private CompletionStage<@Nullable Void> ending(Collection<String> tags, Consumer<List<String>> end) {
        return calls.begun(() -> {
            guard.tags(tags);
            List<String> own = List.copyOf(tags);
            return done(() -> end.accept(own));
        });
    }

    @Override
    public CompletionStage<Long> invalidatePattern(String pattern) {
        return ending(pattern, cache::invalidatePattern);
    }

    @Override
    public CompletionStage<Long> invalidatePrefix(String prefix) {
        return ending(prefix, cache::invalidatePrefix);
    }

    @Override
    public CompletionStage<Long> expirePattern(String pattern) {
        return ending(pattern, cache::expirePattern);
    }

    @Override
    public CompletionStage<Long> expirePrefix(String prefix) {
        return ending(prefix, cache::expirePrefix);
    }

    private CompletionStage<Long> ending(String text, Function<String, Long> end) {
        return calls.begun(() -> {
            guard.pattern(text);
            return made(() -> end.apply(text));
        });
    }

    @Override
    public String toString() {
        return "Asynchronous view of " + cache;
    }
}
