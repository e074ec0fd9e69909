package io.nearfar.testkit;

import io.nearfar.NearfarCache;
import io.nearfar.NearfarManager;
import io.nearfar.testkit.fault.FaultSimulator;
import io.nearfar.testkit.fault.Faults;
import io.nearfar.testkit.server.TestServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;

/**
 * All that one test has of Nearfar: a manager, its server, what can go wrong between the two, and further nodes. A parameter of
 * a test, a {@code @BeforeEach} or a {@code @AfterEach}, which get the same one. The caches are empty when the test begins, and
 * no other test, of this process or another, sees them.
 *
 * <p>For any number of threads.
 */
public final class NearfarFixture {
    private static final String PROVIDER = "io.nearfar.spi.NearfarCachingProvider";

    private static final long START_SECONDS = 30;
    private static final long PAUSE_MILLIS = 20;

    private final Plan plan;
    private final @Nullable TestServer server;
    private final @Nullable FaultSimulator simulator;
    private final String prefix = "test-" + UUID.randomUUID();
    private final List<NearfarManager> managers = new ArrayList<>();

    private NearfarFixture(Plan plan, @Nullable TestServer server) {
        this.plan = plan;
        this.server = server;
        this.simulator = server == null ? null : new FaultSimulator(server.host(), server.port());
    }

    static NearfarFixture open(Plan plan, Optional<String> addressOfTheRun) {
        return new NearfarFixture(plan, plan.server(addressOfTheRun));
    }

    /**
     * Returns the settings of the test's node, as an application may be given them: {@code getCacheManager(uri, loader, settings)}
     * with a URI of its own makes a node that shares the test's caches and suffers from its faults. Who makes it closes it.
     *
     * @return a new object each time
     */
    public Properties settings() {
        return settings(server == null || simulator == null ? null : server.addressAt(simulator.port()));
    }

    private Properties settings(@Nullable String address) {
        Properties properties = new Properties();
        properties.setProperty("nearfar.mode", plan.mode().setting());
        properties.setProperty("nearfar.prefix", prefix);
        if (address != null) {
            properties.setProperty("nearfar.address", address);
            properties.setProperty("nearfar.connect-timeout", "5s"); // a machine that builds is busy
        }
        properties.putAll(plan.settings());
        return properties;
    }

    /**
     * Returns the test's node, the same each time. What goes wrong by {@link #faults} goes wrong for it.
     *
     * @throws javax.cache.CacheException if a setting is wrong
     */
    public synchronized NearfarManager manager() {
        return managers.isEmpty() ? open(settings()) : managers.get(0);
    }

    /**
     * Starts one more node of the same application, on the same server, past all faults; it is closed with the test.
     *
     * @throws IllegalStateException if there is no server, for then nodes share nothing
     * @throws javax.cache.CacheException if a setting is wrong
     */
    public synchronized NearfarManager node() {
        manager(); // is the first
        return open(settings(server().address()));
    }

    private NearfarManager open(Properties properties) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        CachingProvider provider = Caching.getCachingProvider(PROVIDER, loader);
        URI name = URI.create("nearfar-test:" + prefix + "/" + managers.size());
        NearfarManager manager =
                provider.getCacheManager(name, loader, properties).unwrap(NearfarManager.class);
        managers.add(manager);
        if (simulator != null && simulator.faults().open().isEmpty()) {
            connect(manager);
        }
        return manager;
    }

    /** Else what a test does first could meet the outage that a slow start is. */
    private static void connect(NearfarManager manager) {
        long start = System.nanoTime();
        manager.connect();
        while (!manager.health().isConnected()) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(START_SECONDS)) {
                throw new IllegalStateException("The server of the test has not answered within " + START_SECONDS
                        + " seconds: " + manager.health());
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the server of the test", e);
        }
    }

    /**
     * Returns a cache of the test's node, made from the template of its name if it is not there yet.
     *
     * @throws javax.cache.CacheException if a setting is wrong or the far tier cannot be used as configured
     */
    public <K, V> NearfarCache<K, V> cache(String name, Class<K> key, Class<V> value) {
        return manager().cacheFromTemplate(name, key, value, List.of());
    }

    /**
     * Returns what can go wrong between the test's node and the server.
     *
     * @throws IllegalStateException if there is no server
     */
    public Faults faults() {
        if (simulator == null) {
            throw withoutServer();
        }
        return simulator.faults();
    }

    /**
     * Returns the server.
     *
     * @throws IllegalStateException if there is none
     */
    public TestServer server() {
        if (server == null) {
            throw withoutServer();
        }
        return server;
    }

    private static IllegalStateException withoutServer() {
        return new IllegalStateException(
                "The test is in mode NEAR, in which there is no server, and so no faults and no further"
                        + " node; use mode TIERED or FAR");
    }

    /** Heals what is wrong, closes the nodes, and deletes what they have left behind. */
    void close() {
        if (server == null || simulator == null) {
            closeManagers();
            return;
        }
        try (FaultSimulator closing = simulator) {
            closing.faults().heal();
            closeManagers();
        }
        server.deleteKeysWith(prefix);
    }

    private synchronized void closeManagers() {
        managers.forEach(NearfarManager::close);
        managers.clear();
    }
}
