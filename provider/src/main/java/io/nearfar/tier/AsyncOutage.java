package io.nearfar.tier;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.AsyncEntryStore;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.NeedsThreadException;
import io.nearfar.entry.Reply;
import io.nearfar.far.Awaiting;
import io.nearfar.far.FarEntries;
import io.nearfar.observe.CacheSignals;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The sentences of {@link OutageStore} without a thread that waits: where nothing is dirty of a key the far tier is asked, and if
 * it does not answer, the outage policy does. While anything is to be settled first, the store itself is asked, by a thread that may
 * wait.
 */
final class AsyncOutage<K, V> implements AsyncEntryStore<K, V> {
    private final OutageStore<K, V> store;
    private final FarEntries<K, V> far;
    private final Settler<K, V> settler;
    private final OutageAnswers<K, V> outage;
    private final CacheSignals signals;
    private final Awaiting awaiting;

    AsyncOutage(
            OutageStore<K, V> store,
            FarEntries<K, V> far,
            Settler<K, V> settler,
            OutageAnswers<K, V> outage,
            CacheSignals signals,
            Awaiting awaiting) {
        this.store = store;
        this.far = far;
        this.settler = settler;
        this.outage = outage;
        this.signals = signals;
        this.awaiting = awaiting;
    }

    @Override
    public CompletableFuture<@Nullable Entry<V>> lookup(K key) {
        return awaiting.orInThread(answerTo(key).thenApply(Answer::entry), () -> store.lookup(key));
    }

    @Override
    public CompletableFuture<@Nullable Entry<V>> read(K key, Freshness freshness) {
        return awaiting.orInThread(answer(key, freshness).thenApply(Answer::entry), () -> store.read(key, freshness));
    }

    @Override
    public CompletableFuture<Reply<V>> apply(K key, Change<V> change) {
        return awaiting.orInThread(outcome(key, change).thenApply(Outcome::reply), () -> store.apply(key, change));
    }

    /** Like {@link OutageStore#answerTo}; fails with {@link NeedsThreadException} if that is to be asked. */
    CompletableFuture<Answer<V>> answerTo(K key) {
        long start = System.nanoTime();
        return answer(key, Freshness.NEAR).thenApply(answer -> {
            store.count(answer, System.nanoTime() - start);
            return answer;
        });
    }

    /** Like {@link OutageStore#answer}; fails with {@link NeedsThreadException} if that is to be asked. */
    CompletableFuture<Answer<V>> answer(K key, Freshness freshness) {
        if (!settler.isIdle(key)) {
            return NeedsThreadException.failed();
        }
        return asked(() -> far.read(key, awaiting))
                .handle((entry, failure) -> failure == null
                        ? store.told(key, freshness, entry)
                        : outage.read(key, freshness, silence(failure)));
    }

    /** Like {@link OutageStore#outcome}; fails with {@link NeedsThreadException}, and has done nothing, if that is to be asked. */
    CompletableFuture<Outcome<V>> outcome(K key, Change<V> change) {
        boolean ofOutage = change.condition() instanceof Condition.Is is && Provisional.is(is.version());
        if (ofOutage || !settler.isIdle(key)) {
            return NeedsThreadException.failed();
        }
        return asked(() -> far.apply(key, change, awaiting))
                .handle((reply, failure) ->
                        failure == null ? store.told(key, reply) : inOutage(key, change, silence(failure)));
    }

    private Outcome<V> inOutage(K key, Change<V> change, FarTierUnavailableException why) {
        Reply<V> reply = outage.change(key, change, why);
        if (reply == null) {
            throw NeedsThreadException.INSTANCE;
        }
        store.mustBeMadeUpFor(why);
        return new Outcome<>(reply, false);
    }

    /** Returns why the far tier has said nothing; any other failure is thrown. */
    private FarTierUnavailableException silence(Throwable failure) {
        if (NeedsThreadException.cause(failure) instanceof FarTierUnavailableException why) {
            signals.unavailable();
            return why;
        }
        throw new CompletionException(NeedsThreadException.cause(failure));
    }

    private static <T> CompletableFuture<T> asked(Supplier<CompletableFuture<T>> question) {
        try {
            return question.get();
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
