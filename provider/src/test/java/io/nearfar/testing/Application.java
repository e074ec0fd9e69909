package io.nearfar.testing;

import static org.awaitility.Awaitility.await;

import io.nearfar.NearfarCache;
import io.nearfar.config.Mode;
import io.nearfar.spi.NearfarCachingProvider;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;

/**
 * One node of an application, as its author sees it: a caching provider with its default manager, in one of the three
 * modes. All nodes of a test JVM share one server; each application has a prefix of its own.
 */
public final class Application implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Duration REACH = Duration.ofSeconds(60);

    private final NearfarCachingProvider provider = new NearfarCachingProvider();
    private final Properties settings;
    private final CacheManager manager;

    private Application(Properties settings) {
        this.settings = settings;
        this.manager = reached(provider, settings);
    }

    private static CacheManager reached(NearfarCachingProvider provider, Properties settings) {
        return reached(() -> provider.getCacheManager(null, null, settings));
    }

    /** Starts until the far tier is reached, for which a busy machine may need longer than one start takes. */
    private static <T> T reached(Callable<T> start) {
        return await().atMost(REACH)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .ignoreExceptionsMatching(
                        thrown -> String.valueOf(thrown.getMessage()).contains("cannot be reached"))
                .until(start, Objects::nonNull);
    }

    /** Starts an application with further settings, given as key and value in turn. */
    public static Application in(Mode mode, String... further) {
        Properties settings = new Properties();
        settings.setProperty("nearfar.mode", mode.name().toLowerCase(Locale.ROOT));
        if (mode != Mode.NEAR) {
            settings.setProperty("nearfar.address", "redis://" + Server.SHARED.host());
            settings.setProperty("nearfar.prefix", "application-" + NUMBER.incrementAndGet());
            settings.setProperty("nearfar.deadline", "9s");
            settings.setProperty("nearfar.connect-timeout", "5s");
            settings.setProperty("nearfar.start", "require");
        }
        for (int i = 0; i < further.length; i += 2) {
            settings.setProperty(further[i], further[i + 1]);
        }
        return new Application(settings);
    }

    /** One server for all tests of a JVM, ended with it. */
    private static final class Server {
        private static final RealRedis SHARED = RealRedis.start();
    }

    /** Starts another node of the same application. */
    public Application another() {
        return new Application(settings);
    }

    /** Starts another node, with other settings, given as key and value in turn, before those of this one. */
    public Application another(String... other) {
        Properties further = new Properties();
        further.putAll(settings);
        for (int i = 0; i < other.length; i += 2) {
            further.setProperty(other[i], other[i + 1]);
        }
        return new Application(further);
    }

    public NearfarCachingProvider provider() {
        return provider;
    }

    public CacheManager manager() {
        return manager;
    }

    /** Creates the cache named cities, whose types are not declared. */
    public <K, V> NearfarCache<K, V> cache() {
        return cache(new MutableConfiguration<>());
    }

    /** Creates the cache named cities. */
    public <K, V> NearfarCache<K, V> cache(Configuration<K, V> configuration) {
        return cache("cities", configuration);
    }

    /** Creates a cache. */
    @SuppressWarnings("unchecked")
    public <K, V> NearfarCache<K, V> cache(String name, Configuration<K, V> configuration) {
        Cache<K, V> cache = reached(() -> manager.createCache(name, configuration));
        return cache.unwrap(NearfarCache.class);
    }

    @Override
    public void close() {
        provider.close();
    }
}
