package io.nearfar.jcache;

import io.nearfar.EntryOptions;
import io.nearfar.entry.AsyncEntryStore;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.NeedsThreadException;
import io.nearfar.entry.Reply;
import io.nearfar.entry.Value;
import io.nearfar.observe.OperationLog;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rules of {@link Changes} without a thread that waits, for caches without listeners and writers. A change that is decided by
 * what is there is tried once; where another comes between, or the expiry policy has to be asked, it fails with {@link
 * NeedsThreadException}, and nothing has been changed.
 */
final class AsyncChanges<K, V> {
    private final Desk<K, V> desk;
    private final AsyncEntryStore<K, V> store;
    private final Executor completers;

    AsyncChanges(Desk<K, V> desk, AsyncEntryStore<K, V> store) {
        this.desk = desk;
        this.store = store;
        this.completers = desk.completers();
    }

    CompletableFuture<Reply<V>> write(K key, Value<V> value, Condition condition, boolean wantMet) {
        return write(key, value, condition, wantMet, desk.terms(key, value));
    }

    CompletableFuture<Reply<V>> write(K key, Value<V> value, EntryOptions options) {
        return write(key, value, Condition.ALWAYS, false, desk.terms(key, value, options));
    }

    private CompletableFuture<Reply<V>> write(
            K key, Value<V> value, Condition condition, boolean wantMet, EntryTerms terms) {
        Lifetime fixed = terms.expiry().fixed();
        if (fixed == null) {
            return NeedsThreadException.failed();
        }
        return store.apply(key, Change.write(value, condition, fixed, wantMet).with(terms.attributes()));
    }

    CompletableFuture<Reply<V>> remove(K key, Condition condition, boolean wantMet) {
        return store.apply(key, Change.removal(condition, wantMet));
    }

    /** Like {@link Changes#settle}. */
    CompletableFuture<Reply<V>> settle(K key, Changes.Decision<V> decision) {
        return store.read(key, Freshness.NEAR)
                .thenComposeAsync(seen -> decided(key, decision, seen, false), completers);
    }

    private CompletableFuture<Reply<V>> decided(
            K key, Changes.Decision<V> decision, @Nullable Entry<V> seen, boolean sure) {
        Change<V> change = decision.on(seen);
        if (change != null) {
            return store.apply(key, change).thenCompose(AsyncChanges::appliedOnly);
        } else if (sure) {
            return CompletableFuture.completedFuture(new Reply<>(false, seen != null, seen, null, null));
        }
        return store.read(key, Freshness.AUTHORITY)
                .thenComposeAsync(authority -> decided(key, decision, authority, true), completers);
    }

    /** Like {@link Writes#expire}. */
    CompletionStage<Boolean> expire(AsyncCalls calls, K key, Supplier<Boolean> wholly) {
        Function<Reply<V>, Boolean> end = told(
                "expire",
                key,
                Reply::existed,
                (course, ended) -> course.in(ended ? "ended" : LoggedWrites.NOTHING_THERE));
        return calls.then(begun("expire", key, () -> store.apply(key, Change.softRemoval())), end, wholly);
    }

    /** Returns the end of a change that begins now, told in the log where that is wanted. */
    <T extends @Nullable Object> Function<Reply<V>, T> told(String operation, K key, Function<Reply<V>, T> end) {
        return told(operation, key, end, (course, answer) -> course.ofChange("nothing changed"));
    }

    private <T extends @Nullable Object> Function<Reply<V>, T> told(
            String operation, K key, Function<Reply<V>, T> end, OperationLog.Words<T> words) {
        OperationLog log = desk.operations();
        if (!log.look()) {
            return end;
        }
        long start = System.nanoTime();
        return reply -> log.told(operation, desk.shown(key), start, () -> end.apply(reply), words);
    }

    /** Begins a change, and tells in the log if it fails; what a thread has to do is told when that does it. */
    CompletableFuture<Reply<V>> begun(String operation, K key, Supplier<CompletableFuture<Reply<V>>> change) {
        if (!desk.operations().look()) {
            return change.get();
        }
        long start = System.nanoTime();
        try {
            return change.get().whenComplete((reply, failure) -> {
                if (failure != null) {
                    tellFailure(operation, key, start, failure);
                }
            });
        } catch (Throwable e) {
            tellFailure(operation, key, start, e);
            throw e;
        }
    }

    private void tellFailure(String operation, K key, long start, Throwable failure) {
        if (!NeedsThreadException.is(failure)) {
            desk.operations().tell(operation, desk.shown(key), OperationLog.failed(failure), System.nanoTime() - start);
        }
    }

    private static <V> CompletableFuture<Reply<V>> appliedOnly(Reply<V> reply) {
        return reply.applied() ? CompletableFuture.completedFuture(reply) : NeedsThreadException.failed();
    }
}
