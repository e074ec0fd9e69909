package io.nearfar.jcache;

import io.nearfar.AsyncContextLoad;
import io.nearfar.entry.AsyncEntryStore;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.NeedsThreadException;
import io.nearfar.observe.OperationLog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The reads of an {@link AsyncView}, also those that may load. Keys are the cache's to keep. */
final class AsyncReads<K, V> {
    private final CacheFrontDesk<K, V> cache;
    private final Desk<K, V> desk;
    private final Reads<K, V> reads;
    private final Loading<K, V> loading;
    private final AsyncCalls calls;
    private final @Nullable AsyncEntryStore<K, V> store;

    AsyncReads(
            CacheFrontDesk<K, V> cache, Desk<K, V> desk, Reads<K, V> reads, Loading<K, V> loading, AsyncCalls calls) {
        this.cache = cache;
        this.desk = desk;
        this.reads = reads;
        this.loading = loading;
        this.calls = calls;
        this.store = desk.opened().tiers().async();
    }

    CompletionStage<@Nullable V> get(K key) {
        Supplier<@Nullable V> wholly = () -> cache.get(key);
        if (isAccessAsked()) {
            return calls.inThread(wholly);
        }
        long start = desk.statistics().startGet();
        CompletableFuture<@Nullable Entry<V>> answer = looked("get", key);
        if (!desk.readsThrough() || isHit(answer)) {
            return calls.then(answer, entry -> entry == null ? missed(start) : reads.found(key, entry, start), wholly);
        }
        return calls.thenLater(answer, entry -> {
            if (entry != null) {
                return AsyncCalls.here(() -> reads.found(key, entry, start));
            }
            return calls.inThreadLater(() -> loading.throughAsync(key))
                    .whenComplete((value, failure) -> desk.statistics().miss(start));
        });
    }

    private CompletableFuture<@Nullable Entry<V>> looked(String operation, K key) {
        OperationLog log = desk.operations();
        return log.isOn() ? toldLook(operation, key) : look(key);
    }

    private CompletableFuture<@Nullable Entry<V>> look(K key) {
        return store == null ? CompletableFuture.completedFuture(desk.store().lookup(key)) : store.lookup(key);
    }

    private CompletableFuture<@Nullable Entry<V>> toldLook(String operation, K key) {
        long start = System.nanoTime();
        CompletableFuture<@Nullable Entry<V>> answer = look(key);
        boolean near = answer.isDone();
        return told(operation, key, start, answer, entry -> entry == null ? "miss" : near ? "near hit" : "far hit");
    }

    /** Tells what a question comes to; what a thread has to do is told when that does it. */
    private <R extends @Nullable Object> CompletableFuture<R> told(
            String operation, K key, long start, CompletableFuture<R> answer, Function<R, String> words) {
        return answer.whenComplete((met, failure) -> {
            if (failure == null || !NeedsThreadException.is(failure)) {
                String result = failure == null ? words.apply(met) : OperationLog.failed(failure);
                desk.operations().tell(operation, desk.shown(key), result, System.nanoTime() - start);
            }
        });
    }

    private static boolean isHit(CompletableFuture<?> answer) {
        return answer.isDone() && !answer.isCompletedExceptionally() && answer.join() != null;
    }

    private @Nullable V missed(long start) {
        desk.statistics().miss(start);
        return null;
    }

    /** Whether a read of an entry may ask the application's policy, or move an expiration. */
    private boolean isAccessAsked() {
        return desk.mindsAccess();
    }

    CompletionStage<Map<K, V>> getAll(Set<? extends K> keys) {
        List<K> order = keys.stream().map(desk::kept).toList();
        return calls.all(order, this::get, values -> {
            Map<K, V> found = new HashMap<>();
            for (int i = 0; i < order.size(); i++) {
                V value = values.get(i);
                if (value != null) {
                    found.put(order.get(i), value);
                }
            }
            return found;
        });
    }

    CompletionStage<Boolean> containsKey(K key) {
        return store == null
                ? AsyncCalls.here(() -> cache.containsKey(key))
                : calls.then(read(store, key), entry -> entry != null, () -> cache.containsKey(key));
    }

    private CompletableFuture<@Nullable Entry<V>> read(AsyncEntryStore<K, V> entries, K key) {
        if (!desk.operations().isOn()) {
            return entries.read(key, Freshness.NEAR);
        }
        long start = System.nanoTime();
        return told(
                "containsKey",
                key,
                start,
                entries.read(key, Freshness.NEAR),
                entry -> entry == null ? "not there" : "there");
    }

    CompletionStage<@Nullable V> getOrLoad(K key, AsyncContextLoad<? extends V> load) {
        if (isAccessAsked()) {
            return calls.inThreadLater(() -> cache.getOrLoadAsync(key, load));
        }
        long start = desk.statistics().startGet();
        CompletableFuture<@Nullable Entry<V>> answer = looked("getOrLoad", key);
        return isHit(answer)
                ? calls.then(answer, entry -> known(key, entry, load, start), () -> null)
                : calls.thenLater(answer, entry -> {
                    V known = known(key, entry, load, start);
                    return known == null
                            ? calls.inThreadLater(() -> loading.getOrLoadAsync(key, load))
                            : CompletableFuture.completedFuture(known);
                });
    }

    private @Nullable V known(K key, @Nullable Entry<V> entry, AsyncContextLoad<? extends V> load, long start) {
        return entry == null ? missed(start) : reads.found(key, entry, load, start);
    }
}
