package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fish.payara.cdi.jsr107.PayaraDouble;
import io.nearfar.NearfarCache;
import io.nearfar.NearfarManager;
import io.nearfar.cdi.annotation.NamedCache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.Serializable;
import java.net.URI;
import java.util.List;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.GeneratedCacheKey;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.Test;

/** Providers, managers and caches as beans. */
class InjectionTest {
    /** By name: beside our class folder there is Redisson, with a provider of its own. */
    private static final CachingProvider PROVIDER = Caching.getCachingProvider("io.nearfar.spi.NearfarCachingProvider");

    @Singleton
    public static class Client {
        @Inject
        CachingProvider provider;

        @Inject
        CacheManager manager;

        @Inject
        @NamedCache("cities")
        Cache<Integer, List<String>> cities;

        @Inject
        @NamedCache("cities")
        NearfarCache<Integer, List<String>> sameCities;

        @Inject
        @NamedCache("cities")
        Cache<?, ?> whatever;

        @Inject
        @NamedCache("streets")
        Instance<Cache<String, Long>> streets;
    }

    @Test
    void providerAndManager_areOurs() {
        try (Application application = Application.of(Client.class)) {
            Client client = application.bean(Client.class);

            assertThat(client.provider.getDefaultURI()).isEqualTo(PROVIDER.getDefaultURI());
            assertThat(client.manager.getURI()).isEqualTo(client.provider.getDefaultURI());
            assertThat(client.manager.getClassLoader())
                    .isSameAs(Thread.currentThread().getContextClassLoader());
        }
    }

    /** Weld answers with its proxy where a bean answers with itself; so that has to be a manager of ours, too. */
    @Test
    void manager_isInjectedAsOursToo_andUnwraps() {
        try (Application application = Application.of(Client.class)) {
            Client client = application.bean(Client.class);
            NearfarManager unwrapped = client.manager.unwrap(NearfarManager.class);
            assertThat(unwrapped.health()).isNotNull();
            assertThat(application.bean(NearfarManager.class).getURI()).isEqualTo(client.manager.getURI());
        }
    }

    @Test
    @SuppressWarnings("unchecked") // JSR-107 gives no other way to ask for a configuration
    void cache_injectedThreeWays_isOneCacheWithDeclaredTypes() {
        try (Application application = Application.of(Client.class)) {
            Client client = application.bean(Client.class);
            client.cities.put(1, List.of("here"));

            assertThat(client.sameCities.get(1)).containsExactly("here");
            assertThat(client.whatever.iterator().next().getKey()).isEqualTo(1);
            assertThat(client.sameCities.figures().puts()).isOne();
            CompleteConfiguration<?, ?> configuration = client.cities.getConfiguration(CompleteConfiguration.class);
            assertThat(configuration.getKeyType()).isEqualTo(Integer.class);
            assertThat(configuration.getValueType()).isEqualTo(List.class);
        }
    }

    @Test
    void cache_byInstance_isThere() {
        try (Application application = Application.of(Client.class)) {
            Client client = application.bean(Client.class);
            client.streets.get().putAll(Map.of("a", 1L, "b", 2L));

            assertThat(application.cache("streets")).hasSize(2);
        }
    }

    @Test
    void cache_managerClosedBySomebody_worksAgain() {
        try (Application application = Application.of(Client.class, Cached.class)) {
            Client client = application.bean(Client.class);
            client.cities.put(1, List.of("here"));
            application.bean(Cached.class).find(1);
            client.provider
                    .getCacheManager(client.provider.getDefaultURI(), client.manager.getClassLoader())
                    .close();

            client.cities.put(1, List.of("there"));
            assertThat(client.sameCities.get(1)).containsExactly("there");
            assertThat(application.bean(Cached.class).find(1)).isEqualTo("found 1");
            assertThat(application.bean(Cached.class).find(1)).isEqualTo("found 1");
            assertThat(application.bean(Cached.class).calls).isEqualTo(2);
        }
    }

    @Test
    void version_managerClosedBySomebody_worksAgain() {
        try (Application application = Application.of(Client.class)) {
            NearfarCache<Integer, List<String>> cities = application.bean(Client.class).sameCities;
            NearfarCache<Integer, List<String>> before = cities.version(1);
            assertThat(cities.version(0)).isSameAs(cities);
            assertThat(cities.version(1)).isSameAs(before);
            assertThatThrownBy(() -> cities.version(-1)).isInstanceOf(IllegalArgumentException.class);
            before.getCacheManager().close();

            before.put(1, List.of("there"));
            assertThat(cities.version(1).get(1)).containsExactly("there");
            assertThat(before.version()).isEqualTo(1);
            assertThat(cities.get(1)).isNull();
        }
    }

    @Test
    void cache_declaredWithOtherTypes_refusedWithBoth() {
        try (Application application = Application.of(Client.class)) {
            Client client = application.bean(Client.class);
            client.manager.createCache(
                    "cities", new MutableConfiguration<String, Long>().setTypes(String.class, Long.class));

            assertThatThrownBy(() -> client.cities.get(1))
                    .isInstanceOf(CacheException.class)
                    .hasMessageContainingAll("NF0875", "cities", "java.lang.Long", "java.util.List<java.lang.String>");
        }
    }

    @Test
    void shutdown_closesTheManager() {
        Application application = Application.of(Client.class);
        CacheManager manager = application.bean(Client.class).cities.getCacheManager();
        application.close();

        assertThat(manager.isClosed()).isTrue();
    }

    @Singleton
    public static class Cached {
        int calls;

        @Inject
        @NamedCache("found")
        Cache<GeneratedCacheKey, String> found;

        @CacheResult(cacheName = "found")
        public String find(int id) {
            calls++;
            return "found " + id;
        }
    }

    @Test
    void cache_filledByAnnotations_canBeInjected() {
        try (Application application = Application.of(Cached.class)) {
            Cached cached = application.bean(Cached.class);
            cached.find(1);
            cached.find(2);

            assertThat(cached.found).hasSize(2);
            cached.found.clear();
            cached.find(1);
            assertThat(cached.calls).isEqualTo(3);
        }
    }

    @Singleton
    public static class OwnManager {
        static final CacheManager OWN = PROVIDER.getCacheManager(URI.create("own"), OwnManager.class.getClassLoader());

        @Produces
        @ApplicationScoped
        CacheManager manager() {
            return OWN;
        }
    }

    @Test
    void manager_ofTheApplication_goesFirst() {
        try (Application application = Application.of(OwnManager.class)) {
            assertThat(application.manager().getURI()).isEqualTo(OwnManager.OWN.getURI());
        } finally {
            OwnManager.OWN.close();
        }
    }

    @Test
    void manager_ofPayara_isVetoed() {
        try (Application application = Application.of(PayaraDouble.class, Client.class)) {
            assertThat(application.manager().getURI())
                    .isEqualTo(application.bean(CachingProvider.class).getDefaultURI());
        }
    }

    /** Lives in a session, so that all it holds must be fit for passivation. */
    @SessionScoped
    public static class Basket implements Serializable {
        private static final long serialVersionUID = 1L;

        @Inject
        CacheManager manager;

        @Inject
        CachingProvider provider;

        @Inject
        @NamedCache("baskets")
        Cache<String, String> cache;

        @CacheResult
        public String price(String article) {
            return article;
        }
    }

    @Test
    void passivatingBean_canHoldCachesAndBeIntercepted() {
        try (Application application = Application.of(Basket.class)) {
            assertThat(application.container().isRunning()).isTrue();
        }
    }
}
