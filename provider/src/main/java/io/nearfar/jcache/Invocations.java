package io.nearfar.jcache;

import io.nearfar.RateLimitExceededException;
import io.nearfar.entry.Change;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Reply;
import io.nearfar.entry.Value;
import io.nearfar.jcache.processor.Effect;
import io.nearfar.jcache.processor.ProcessedEntry;
import io.nearfar.jcache.processor.ReadThrough;
import io.nearfar.jcache.processor.Result;
import io.nearfar.tier.Loaded;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.cache.CacheException;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/*
 * How a processor runs
 * ====================
 * Here, in the caller's thread, under the key's lock, so that in this process one runs at a time, unless two processors
 * wait for each other's key; its net effect is committed if the key still holds what the processor saw. If not, somebody else has changed it meanwhile, and the
 * processor runs again on what is there now. A run that had no effect, or failed, has only looked: it counts if what it
 * saw is what the tier that decides holds.
 */

/** invoke, invokeAll. */
@SuppressWarnings("try") // a hold on a key is there to be closed, not to be used
class Invocations<K, V> {
    private final Desk<K, V> desk;
    private final Changes<K, V> changes;
    private final Loading<K, V> loading;

    Invocations(Desk<K, V> desk, Changes<K, V> changes, Loading<K, V> loading) {
        this.desk = desk;
        this.changes = changes;
        this.loading = loading;
    }

    <T> @Nullable T invoke(K key, EntryProcessor<K, V, T> processor, @Nullable Object... arguments) {
        try (KeyLocks.Hold hold = desk.holdForProcessor(key);
                Contention<K> contention = new Contention<>(desk.locks(), key)) {
            return invokeHeld(key, contention, processor, arguments);
        }
    }

    private <T> @Nullable T invokeHeld(
            K key, Contention<K> contention, EntryProcessor<K, V, T> processor, @Nullable Object... arguments) {
        boolean sure = desk.writer() != null;
        Entry<V> seen = desk.store().read(key, sure ? Freshness.AUTHORITY : Freshness.NEAR);
        while (true) {
            Run<K, V, T> run = run(key, seen, sure, processor, arguments);
            if (run.isSettled() && commit(run)) {
                return run.answer();
            }
            contention.lost();
            seen = desk.store().read(key, Freshness.AUTHORITY);
            sure = true;
        }
    }

    /**
     * One run of a processor.
     *
     * @param before what it found
     * @param sure whether {@code before} is known from the tier that decides
     * @param entry what it did
     * @param result what it returned
     * @param failure what it threw, or null
     */
    private record Run<K, V, T>(
            @Nullable Entry<V> before,
            boolean sure,
            ProcessedEntry<K, V> entry,
            @Nullable T result,
            @Nullable RuntimeException failure,
            long start) {

        boolean isSettled() {
            return entry.isSettled() || !isMutation();
        }

        boolean isMutation() {
            Effect effect = entry.effect();
            return failure == null && effect != Effect.NONE && effect != Effect.ACCESSED;
        }

        @Nullable
        T answer() {
            if (failure != null) {
                throw failure;
            }
            return result;
        }
    }

    private <T> Run<K, V, T> run(
            K key,
            @Nullable Entry<V> before,
            boolean sure,
            EntryProcessor<K, V, T> processor,
            @Nullable Object... arguments) {
        long start = desk.statistics().start();
        ProcessedEntry<K, V> entry = new ProcessedEntry<>(key, before, desk.valueType(), readThrough(key));
        try {
            T result = processor.process(entry, arguments);
            return new Run<>(before, sure, entry, result, null, start);
        } catch (CacheException
                | RateLimitExceededException e) { // that nothing may be loaded is no failure of a processor
            return new Run<>(before, sure, entry, null, e, start);
        } catch (RuntimeException e) {
            CacheException failure = new EntryProcessorException(
                    "Entry processor " + processor.getClass().getName() + " failed in cache " + desk.cache(), e);
            return new Run<>(before, sure, entry, null, failure, start);
        }
    }

    private ReadThrough<V> readThrough(K key) {
        return desk.readsThrough() ? () -> loaded(key) : ReadThrough.none();
    }

    private ReadThrough.Found<V> loaded(K key) {
        Loaded<V> loaded = loading.throughHere(key);
        Reply<V> stored = loaded.stored();
        if (stored != null) {
            return new ReadThrough.Found<>(stored.now(), loaded.value(), true);
        } else if (loaded.value() == null) {
            return new ReadThrough.Found<>(null, null, true);
        }
        return new ReadThrough.Found<>(null, loaded.value(), loaded.stale());
    }

    /** Makes the run count; returns false if what it saw is no longer there. */
    private boolean commit(Run<K, V, ?> run) {
        if (!run.isMutation()) {
            return looked(run);
        }
        return run.entry().effect() == Effect.REMOVED ? remove(run) : write(run);
    }

    private boolean looked(Run<K, V, ?> run) {
        ProcessedEntry<K, V> entry = run.entry();
        if (!run.sure() && entry.isSettled() && !isStill(entry.getKey(), entry.seen())) {
            return false;
        }
        countGet(run);
        Entry<V> seen = entry.seen();
        if (run.failure() == null && entry.effect() == Effect.ACCESSED && seen != null) {
            desk.accessed(entry.getKey(), seen);
        }
        return true;
    }

    private boolean isStill(K key, @Nullable Entry<V> seen) {
        Entry<V> now = desk.store().read(key, Freshness.AUTHORITY);
        return now == null ? seen == null : (seen != null && now.isOf(seen.version()));
    }

    private boolean write(Run<K, V, ?> run) {
        ProcessedEntry<K, V> entry = run.entry();
        K key = entry.getKey();
        Value<V> value = desk.values().keep(entry.newValue());
        changes.writeThrough(key, value);
        Entry<V> seen = entry.seen();
        EntryTerms terms = desk.terms(key, value, entry.options());
        Change<V> change =
                Change.write(value, Changes.as(seen), terms.expiry().forWrite(seen != null), desk.wantsMet());
        Reply<V> reply = desk.store().apply(key, change.with(terms.attributes()));
        if (reply.applied()) {
            countGet(run);
            desk.statistics().puts(Desk.isStored(reply) ? 1 : 0, run.start());
            desk.wrote(key, value, reply);
        }
        return reply.applied();
    }

    private boolean remove(Run<K, V, ?> run) {
        K key = run.entry().getKey();
        Entry<V> seen = run.entry().seen();
        changes.deleteThrough(key);
        Reply<V> reply = desk.store().apply(key, Change.removal(Changes.as(seen), desk.wantsMet()));
        if (reply.applied()) {
            countGet(run);
            desk.statistics().removals(reply.existed() ? 1 : 0, run.start());
            desk.removed(key, reply);
        }
        return reply.applied();
    }

    private void countGet(Run<K, V, ?> run) {
        if (run.before() == null) {
            desk.statistics().miss(run.start());
        } else {
            desk.statistics().hit(run.start());
        }
    }

    <T> Map<K, EntryProcessorResult<T>> invokeAll(
            Set<? extends K> keys, EntryProcessor<K, V, T> processor, @Nullable Object... arguments) {
        Map<K, EntryProcessorResult<T>> results = new HashMap<>();
        for (K key : keys) {
            try {
                T result = invoke(key, processor, arguments);
                if (result != null) {
                    results.put(key, new Result<>(result, null));
                }
            } catch (RuntimeException e) {
                results.put(key, new Result<>(null, e));
            }
        }
        return results;
    }
}
