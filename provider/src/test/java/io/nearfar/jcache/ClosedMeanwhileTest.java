package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.HttpSettings;
import io.nearfar.NearfarCache;
import io.nearfar.RateLimiter;
import io.nearfar.config.ConfiguredCache;
import io.nearfar.config.Mode;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.KeyWalk;
import io.nearfar.entry.TestSettings;
import io.nearfar.near.LocalStore;
import io.nearfar.observe.CacheSignals;
import io.nearfar.testing.Application;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import io.nearfar.tier.TieredCache;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Invalidations of patterns whose cache is closed before their walk has come to its end. */
@Timeout(120)
class ClosedMeanwhileTest {
    private final CacheSignals signals = new CacheSignals("cities");
    private final EntryStore<String, String> real = new LocalStore<>(
            TestSettings.limitedTo(1_000), key -> key, TextKeys::matching, nanos -> nanos / 1_000, signals);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final Application application = Application.in(Mode.NEAR);
    private final NearfarCacheManager manager = new NearfarCacheManager(
            application.provider(),
            URI.create("nearfar:closed-meanwhile"),
            getClass().getClassLoader(),
            new Properties(),
            new Room(),
            closed -> {});
    private volatile KeyWalk walk;
    private volatile boolean cancelledBeforeDestruction;

    /** Gives the cache a store whose walks last until they are cancelled. */
    private final class Room implements Backroom {
        @Override
        @SuppressWarnings("unchecked") // the tests below keep to strings
        public <K, V> Opened<K, V> open(CacheRequest<K, V> request) {
            EntryStore<String, String> endless = (EntryStore<String, String>) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {EntryStore.class},
                    (proxy, method, arguments) -> call(method, arguments));
            TieredCache<String, String> tiers = new TieredCache<>(
                    endless, null, null, null, null, () -> 0, () -> -1, key -> null, terms -> {}, () -> {});
            return (Opened<K, V>) new Opened<>(
                    new ConfiguredCache(TestSettings.limitedTo(1_000), null),
                    tiers,
                    new TextFormat(),
                    key -> key,
                    LoadLimit.NONE,
                    signals,
                    null,
                    String::valueOf,
                    String::valueOf,
                    () -> new ConfiguredCache(TestSettings.limitedTo(1_000), null),
                    version -> {
                        throw new IllegalStateException("one version is enough here");
                    });
        }

        @Override
        public void connect() {
            // there is nowhere to connect to
        }

        @Override
        public HttpSettings http() {
            throw new UnsupportedOperationException();
        }

        @Override
        public RateLimiter limiter() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            // nothing is shared
        }
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("invalidatePattern")) {
            walk = (KeyWalk) arguments[1];
            begun.countDown();
            while (!walk.isCancelled()) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
            return null;
        } else if (method.getName().equals("destroy")) {
            cancelledBeforeDestruction = walk.isCancelled();
        }
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @AfterEach
    void close() {
        manager.close();
        application.close();
    }

    private CompletableFuture<Long> invalidating() throws InterruptedException {
        NearfarCache<?, ?> cache = manager.createCache("cities", new MutableConfiguration<String, String>())
                .unwrap(NearfarCache.class);
        CompletableFuture<Long> waiting = CompletableFuture.supplyAsync(() -> cache.invalidatePattern("feed:*"));
        begun.await();
        return waiting;
    }

    private static void assertTold(CompletableFuture<Long> waiting) {
        assertThatThrownBy(() -> waiting.get(60, TimeUnit.SECONDS))
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cities was closed")
                .hasMessageContaining("feed:*");
    }

    @Test
    void caller_whoWaits_isTold() throws Exception {
        CompletableFuture<Long> waiting = invalidating();
        manager.getCache("cities").close();
        assertTold(waiting);
    }

    @Test
    void destruction_endsTheWalkFirst() throws Exception {
        CompletableFuture<Long> waiting = invalidating();
        manager.destroyCache("cities");
        assertTold(waiting);
        assertThat(cancelledBeforeDestruction).isTrue();
    }
}
