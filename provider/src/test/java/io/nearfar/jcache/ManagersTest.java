package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.NearfarCache;
import io.nearfar.NearfarManager;
import io.nearfar.config.Mode;
import io.nearfar.spi.NearfarCachingProvider;
import io.nearfar.testing.Application;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.configuration.OptionalFeature;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ManagersTest {
    @ParameterizedTest
    @EnumSource(Mode.class)
    void closedManager_isReplacedByOneThatWorks(Mode mode) {
        try (Application application = Application.in(mode)) {
            Properties settings = application.manager().getProperties();
            for (int round = 0; round < 3; round++) {
                CacheManager manager = application.provider().getCacheManager(null, null, settings);
                Cache<String, String> cache =
                        manager.createCache("c" + round, new MutableConfiguration<String, String>());
                cache.put("k", "1");
                if (round == 0) {
                    manager.close();
                } else {
                    application.provider().close();
                }
                assertThat(manager.isClosed()).isTrue();
                assertThat(cache.isClosed()).isTrue();
                assertThatThrownBy(() -> cache.get("k")).isInstanceOf(IllegalStateException.class);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void closedCache_leavesFarEntriesAndADestroyedOneDoesNot(Mode mode) {
        try (Application application = Application.in(mode)) {
            application.<String, String>cache().put("k", "1");
            application.manager().getCache("cities").close();
            NearfarCache<String, String> again = application.cache();
            assertThat(again.get("k")).isEqualTo("1");
            application.manager().destroyCache("cities");
            assertThat(application.<String, String>cache().get("k")).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void closedManager_leavesNoThreadBehind(Mode mode) {
        Set<Thread> before = threads();
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache = application.cache(new MutableConfiguration<String, String>()
                    .addCacheEntryListenerConfiguration(new RecordingListener().configured(false, false)));
            cache.put("k", "1");
            assertThat(cache.get("k")).isEqualTo("1");
        }
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            Set<Thread> left = threads();
            left.removeAll(before);
            assertThat(left).isEmpty();
        });
    }

    /** Those of ours, of Redisson and of Netty. */
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("(nearfar|redisson|netty).*"))
                .collect(Collectors.toSet());
    }

    @Test
    void managers_areOneForEachUriAndClassLoader() throws Exception {
        try (NearfarCachingProvider provider = new NearfarCachingProvider();
                URLClassLoader loader =
                        new URLClassLoader(new URL[0], getClass().getClassLoader())) {
            CacheManager one = provider.getCacheManager();
            CacheManager named = provider.getCacheManager(URI.create("nearfar:named"), null);
            CacheManager elsewhere = provider.getCacheManager(null, loader);
            assertThat(provider.getCacheManager()).isSameAs(one);
            assertThat(List.of(one, named, elsewhere)).doesNotHaveDuplicates();
            assertThat(elsewhere.getClassLoader()).isSameAs(loader);
            provider.close(loader);
            assertThat(elsewhere.isClosed()).isTrue();
            provider.close(named.getURI(), provider.getDefaultClassLoader());
            assertThat(named.isClosed()).isTrue();
            assertThat(one.isClosed()).isFalse();
        }
    }

    @Test
    void storeByReference_isForModeNearAlone() {
        MutableConfiguration<String, String> byReference =
                new MutableConfiguration<String, String>().setStoreByValue(false);
        try (Application application = Application.in(Mode.TIERED)) {
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(() -> application.cache(byReference))
                    .withMessageContaining("cities")
                    .withMessageContaining("TIERED");
            assertThat(application.manager().getCacheNames()).isEmpty();
        }
        try (Application application = Application.in(Mode.NEAR)) {
            assertThat(application.provider().isSupported(OptionalFeature.STORE_BY_REFERENCE))
                    .isTrue();
            Cache<String, String> cache = application.cache(byReference);
            String value = new String("v");
            cache.put("k", value);
            assertThat(cache.get("k")).isSameAs(value);
        }
    }

    /** As Open Liberty's cache of sessions does it: the address is given to the manager, and the provider is asked afterwards. */
    @Test
    void storeByReference_whileAManagerWithAFarTierIsOpen_isNotSupported() {
        CachingProvider provider = new NearfarCachingProvider();
        Properties address = new Properties();
        address.setProperty("nearfar.address", "redis://127.0.0.1:1");
        CacheManager manager = provider.getCacheManager(null, null, address);
        assertThat(provider.isSupported(OptionalFeature.STORE_BY_REFERENCE)).isFalse();
        manager.close();
        assertThat(provider.isSupported(OptionalFeature.STORE_BY_REFERENCE)).isTrue();
    }

    @Test
    void configuration_isACopyBothWays() {
        try (Application application = Application.in(Mode.NEAR)) {
            MutableConfiguration<String, String> given =
                    new MutableConfiguration<String, String>().setTypes(String.class, String.class);
            NearfarCache<String, String> cache = application.cache(given);
            given.setStatisticsEnabled(true).setReadThrough(true);
            MutableConfiguration<String, String> shown = shown(cache);
            assertThat(shown.isStatisticsEnabled()).isFalse();
            assertThat(shown.isReadThrough()).isFalse();
            shown.setStatisticsEnabled(true);
            assertThat(shown(cache).isStatisticsEnabled()).isFalse();
        }
    }

    @SuppressWarnings("unchecked") // JSR-107 asks for the raw class
    private static MutableConfiguration<String, String> shown(Cache<String, String> cache) {
        return cache.getConfiguration(MutableConfiguration.class);
    }

    @Test
    void basicConfiguration_isEnough() {
        Configuration<String, Integer> basic = new Configuration<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public Class<String> getKeyType() {
                return String.class;
            }

            @Override
            public Class<Integer> getValueType() {
                return Integer.class;
            }

            @Override
            public boolean isStoreByValue() {
                return true;
            }
        };
        try (Application application = Application.in(Mode.NEAR)) {
            NearfarCache<String, Integer> cache = application.cache(basic);
            cache.put("k", 1);
            assertThat(cache.get("k")).isEqualTo(1);
        }
    }

    @Test
    void declaredTypes_areCheckedOnEveryWrite() {
        try (Application application = Application.in(Mode.NEAR)) {
            NearfarCache<String, Integer> typed = application.cache(
                    new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class));
            @SuppressWarnings("unchecked")
            Cache<Object, Object> raw = (Cache<Object, Object>) (Cache<?, ?>) typed;
            List<Runnable> writes = List.of(
                    () -> raw.put(1, 1),
                    () -> raw.put("k", "1"),
                    () -> raw.getAndPut("k", "1"),
                    () -> raw.putIfAbsent("k", "1"),
                    () -> raw.replace("k", "1"),
                    () -> raw.replace("k", 1, "1"),
                    () -> raw.getAndReplace("k", "1"),
                    () -> raw.putAll(java.util.Map.of("k", "1")));
            for (Runnable write : writes) {
                assertThatExceptionOfType(ClassCastException.class)
                        .isThrownBy(write::run)
                        .withMessageContaining("cities");
            }
            assertThatThrownBy(() -> raw.invoke("k", (entry, arguments) -> {
                        entry.setValue("1");
                        return null;
                    }))
                    .hasRootCauseInstanceOf(ClassCastException.class);
            assertThat(typed).isEmpty();
        }
    }

    /** What a factory made is closed again if a later one fails. */
    @Test
    void creationThatFails_closesWhatItHadOpened() {
        AtomicInteger closed = new AtomicInteger();
        try (Application application = Application.in(Mode.NEAR)) {
            MutableConfiguration<String, String> failing = new MutableConfiguration<String, String>()
                    .setCacheLoaderFactory(() -> new ClosingLoader(closed))
                    .setCacheWriterFactory(() -> {
                        throw new IllegalStateException("no writer today");
                    });
            assertThatThrownBy(() -> application.cache(failing)).hasMessage("no writer today");
            assertThat(closed).hasValue(1);
            assertThat(application.manager().getCacheNames()).isEmpty();
            NearfarCache<String, String> cache = application.cache(new MutableConfiguration<String, String>()
                    .setCacheLoaderFactory(() -> new ClosingLoader(closed))
                    .setExpiryPolicyFactory(EternalExpiryPolicy.factoryOf()));
            cache.close();
            cache.close();
            assertThat(closed).hasValue(2);
        }
    }

    private record ClosingLoader(AtomicInteger closed) implements CacheLoader<String, String>, AutoCloseable {
        @Override
        public String load(String key) {
            return null;
        }

        @Override
        public java.util.Map<String, String> loadAll(Iterable<? extends String> keys) {
            return java.util.Map.of();
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    @Test
    void cacheFromTemplate_isOneForManyThreadsAndTakesTheTemplate() throws Exception {
        try (Application application = Application.in(Mode.NEAR, "nearfar.template.default.ttl", "50ms")) {
            NearfarManager manager = application.manager().unwrap(NearfarManager.class);
            Set<Object> given = java.util.concurrent.ConcurrentHashMap.newKeySet();
            ManyThreadsTest.all(thread -> () -> {
                given.add(manager.cacheFromTemplate("made", Object.class, Object.class, List.of()));
                return List.of();
            });
            assertThat(given).hasSize(1);
            Cache<Object, Object> made = manager.getCache("made");
            made.put("k", "1");
            await().atMost(Duration.ofSeconds(30)).until(() -> !made.containsKey("k"));
        }
    }

    @Test
    void iterator_ofAClosedCache_throws() {
        try (Application application = Application.in(Mode.NEAR)) {
            NearfarCache<String, String> cache = application.cache(new MutableConfiguration<String, String>()
                    .setCacheLoaderFactory(
                            new FactoryBuilder.SingletonFactory<>(new ClosingLoader(new AtomicInteger()))));
            cache.put("k", "1");
            var iterator = cache.iterator();
            cache.close();
            assertThatThrownBy(iterator::hasNext).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(iterator::next).isInstanceOf(IllegalStateException.class);
        }
    }
}
