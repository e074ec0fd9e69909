package io.nearfar.nodes.features;

import io.nearfar.NearfarCache;
import io.nearfar.NearfarManager;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.Caching;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;

/** What one JVM has: the manager of its application, and what stands for the database that its loads ask. */
final class Workplace implements AutoCloseable {
    private static final int LONGEST_WAIT_SECONDS = 120;
    private static final int ATTEMPTS = 10;

    private final URI settings;
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
    private final Map<String, Ear> ears = new ConcurrentHashMap<>();
    private NearfarManager manager;

    Workplace(URI settings) {
        this.settings = settings;
        this.manager = opened(settings);
    }

    private static NearfarManager opened(URI settings) {
        NearfarManager opened = Caching.getCachingProvider()
                .getCacheManager(settings, Workplace.class.getClassLoader())
                .unwrap(NearfarManager.class);
        return reached(() -> {
            opened.connect();
            return opened;
        });
    }

    /** A busy machine may need longer to connect than one attempt takes, which ends after seconds. */
    private static <T> T reached(Supplier<T> start) {
        for (int attempt = 1; ; attempt++) {
            try {
                return start.get();
            } catch (CacheException e) {
                if (attempt == ATTEMPTS || !String.valueOf(e.getMessage()).contains("cannot be reached")) {
                    throw e;
                }
            }
        }
    }

    /** As after a change of the settings. */
    synchronized void reopen() {
        manager.close();
        manager = opened(settings);
    }

    synchronized NearfarManager manager() {
        return manager;
    }

    /** Returns a cache, opened by the first who asks; its types are not declared. */
    <K, V> NearfarCache<K, V> cache(String name) {
        return cache(name, new MutableConfiguration<>());
    }

    /** Likewise, of texts and objects of that type. */
    <V> NearfarCache<String, V> cache(String name, Class<V> type) {
        return cache(name, new MutableConfiguration<String, V>().setTypes(String.class, type));
    }

    /** Likewise; who comes later gets what the first has configured. */
    @SuppressWarnings("unchecked")
    synchronized <K, V> NearfarCache<K, V> cache(String name, Configuration<K, V> configuration) {
        Cache<K, V> known = manager.getCache(name, configuration.getKeyType(), configuration.getValueType());
        return (known == null ? reached(() -> manager.createCache(name, configuration)) : known)
                .unwrap(NearfarCache.class);
    }

    /** Returns the text that a cache has under a key, or null. */
    String get(String cache, String key) {
        return this.<String, String>cache(cache).get(key);
    }

    /** Returns what listens to a cache of texts, from the first time on that it is asked for. */
    Ear ear(String cache) {
        return ears.computeIfAbsent(cache, name -> {
            Ear ear = new Ear();
            this.<String, String>cache(name)
                    .registerCacheEntryListener(new MutableCacheEntryListenerConfiguration<>(
                            new FactoryBuilder.SingletonFactory<>(ear), null, true, true));
            return ear;
        });
    }

    /** Asks the database, which counts that, answers when its gate is open, and has this. */
    <V> V ask(String what, V found) throws InterruptedException {
        calls(what).incrementAndGet();
        pass(what);
        return found;
    }

    /** Asks the database, which counts that, and is away. */
    <V> V askInVain(String what) {
        calls(what).incrementAndGet();
        throw new IllegalStateException("the database is away");
    }

    int asked(String what) {
        return calls(what).get();
    }

    private AtomicInteger calls(String what) {
        return calls.computeIfAbsent(what, none -> new AtomicInteger());
    }

    /** Has the database leave questions of that kind open. */
    void shut(String what) {
        gates.put(what, new CountDownLatch(1));
    }

    void open(String what) {
        gates.get(what).countDown();
    }

    private void pass(String what) throws InterruptedException {
        CountDownLatch gate = gates.get(what);
        if (gate != null && !gate.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody has opened the gate of " + what);
        }
    }

    @Override
    public synchronized void close() {
        manager.close();
    }
}
