package io.nearfar.tier;

import io.nearfar.config.Mode;
import io.nearfar.entry.AsyncEntryStore;
import io.nearfar.entry.Change;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.EntryStoreContract;
import io.nearfar.entry.Freshness;
import io.nearfar.testing.RealRedis;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract of a store, of both tiers, where single keys are read and changed without a thread that waits. */
class AsyncStoreContractTest extends EntryStoreContract {
    private static RealRedis redis;
    private static Node node;

    @BeforeAll
    static void start() {
        redis = RealRedis.start();
        node = Node.over(redis, Mode.TIERED);
    }

    @AfterAll
    static void stop() {
        node.close();
        redis.close();
    }

    @Override
    protected EntryStore<String, String> open(String name) {
        TieredCache<String, String> cache = node.open(name);
        return bridged(cache.store(), cache.async());
    }

    @SuppressWarnings({"unchecked", "NullAway"
    }) // the proxy is of the interface that is asked for, and methods have arguments
    private static EntryStore<String, String> bridged(
            EntryStore<String, String> store, AsyncEntryStore<String, String> async) {
        return (EntryStore<String, String>) Proxy.newProxyInstance(
                AsyncStoreContractTest.class.getClassLoader(),
                new Class<?>[] {EntryStore.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "lookup" -> answer(async.lookup((String) arguments[0]));
                    case "read" -> answer(async.read((String) arguments[0], (Freshness) arguments[1]));
                    case "apply" -> answer(async.apply((String) arguments[0], (Change<String>) arguments[1]));
                    default -> {
                        try {
                            yield method.invoke(store, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }
                });
    }

    private static <T> T answer(CompletableFuture<T> stage) throws Throwable {
        try {
            return stage.join();
        } catch (CompletionException e) {
            throw e.getCause();
        }
    }

    @Override
    protected void pass(long millis) {
        long until = System.nanoTime() + millis * 1_000_000;
        Awaitility.await().until(() -> System.nanoTime() - until > 0);
    }

    @Override
    protected boolean isShared() {
        return true;
    }
}
