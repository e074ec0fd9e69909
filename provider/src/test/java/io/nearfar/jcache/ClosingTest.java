package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RespClient;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CompletionListenerFuture;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is left in the process, and at the server, when a cache, a manager or a provider is closed: nothing. */
class ClosingTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

    private final RealRedis redis = RealRedis.start();
    private final Set<Thread> before = threads();

    /** Who is closed. */
    private enum Closed {
        MANAGER(application -> application.manager().close()),
        PROVIDER(application -> application.provider().close()),
        PROVIDER_FOR_THE_LOADER(application ->
                application.provider().close(application.manager().getClassLoader())),
        PROVIDER_FOR_THE_NAME(application -> application
                .provider()
                .close(application.manager().getURI(), application.manager().getClassLoader()));

        private final Consumer<Application> how;

        Closed(Consumer<Application> how) {
            this.how = how;
        }
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    @ParameterizedTest
    @EnumSource
    void close_ofManagerOrProvider_leavesNothing(Closed closed) throws Exception {
        Application application = start();
        work(application);
        assertThat(beans()).hasSize(2);
        assertThat(connections()).isPositive();
        closed.how.accept(application);
        assertThat(beans()).isEmpty();
        await().atMost(SOON).untilAsserted(() -> assertThat(left()).isEmpty());
        await().atMost(SOON).untilAsserted(() -> assertThat(connections()).isZero());
    }

    @Test
    void close_ofACache_leavesWhatTheManagerNeeds() throws Exception {
        try (Application application = start()) {
            Cache<String, String> cache = work(application);
            await().atMost(SOON).until(() -> {
                cache.put("k", "v"); // which is told in a thread, that ends after a while
                return left().stream().anyMatch(thread -> thread.startsWith("nearfar-cache-cities"));
            });
            cache.close();
            assertThat(beans()).isEmpty();
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(left()).noneMatch(thread -> thread.startsWith("nearfar-cache-cities")));
            assertThat(connections()).isPositive();
        }
    }

    private Application start() {
        return Application.in(Mode.TIERED, "nearfar.address", "redis://" + redis.host());
    }

    /** Does what needs threads: a listener that is told later, and a bulk load. */
    private static Cache<String, String> work(Application application) throws Exception {
        Cache<String, String> cache = application.cache(new MutableConfiguration<String, String>()
                .addCacheEntryListenerConfiguration(new RecordingListener().configured(false, false))
                .setCacheLoaderFactory(Loads::new)
                .setStatisticsEnabled(true)
                .setManagementEnabled(true));
        cache.put("k", "v");
        assertThat(cache.get("k")).isEqualTo("v");
        CompletionListenerFuture loaded = new CompletionListenerFuture();
        cache.loadAll(Set.of("a", "b"), true, loaded);
        loaded.get();
        return cache;
    }

    /** Loads what is asked for. */
    private static final class Loads implements CacheLoader<String, String> {
        @Override
        public String load(String key) {
            return key;
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            return Map.of("a", "a", "b", "b");
        }
    }

    private static Set<ObjectName> beans() throws Exception {
        return BEANS.queryNames(new ObjectName("javax.cache:*"), null);
    }

    private long connections() {
        return RespClient.text(redis.call("CLIENT", "LIST"))
                .lines()
                .filter(line -> line.contains("name=nearfar"))
                .count();
    }

    private Set<String> left() {
        Set<Thread> left = threads();
        left.removeAll(before);
        return left.stream().map(Thread::getName).collect(Collectors.toSet());
    }

    /** Those of ours, of Redisson and of Netty. */
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("(nearfar|redisson|netty).*"))
                .collect(Collectors.toSet());
    }
}
