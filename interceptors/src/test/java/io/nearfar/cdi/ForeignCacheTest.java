package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.cdi.cache.GeneratedKey;
import jakarta.inject.Singleton;
import java.lang.annotation.Annotation;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheInvocationContext;
import javax.cache.annotation.CacheMethodDetails;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResolver;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A resolver of the application may choose a cache of another provider; then JSR-107's get and put are what is done. */
class ForeignCacheTest {
    private static final Map<Object, Object> ENTRIES = ForeignCaches.entries();

    /** Resolves to the map. */
    public static class Elsewhere implements CacheResolverFactory {
        @Override
        public CacheResolver getCacheResolver(CacheMethodDetails<? extends Annotation> details) {
            return new CacheResolver() {
                @Override
                public <K, V> Cache<K, V> resolveCache(CacheInvocationContext<? extends Annotation> context) {
                    return ForeignCaches.over(ENTRIES);
                }
            };
        }

        @Override
        public CacheResolver getExceptionCacheResolver(CacheMethodDetails<CacheResult> details) {
            return getCacheResolver(details);
        }
    }

    @Singleton
    @CacheDefaults(cacheResolverFactory = Elsewhere.class)
    public static class Service {
        int calls;

        @CacheResult
        public String find(int id) {
            calls++;
            return "found " + id;
        }

        @CacheResult
        public String nothing(int id) {
            calls++;
            return null;
        }

        @CacheResult(skipGet = true)
        public CompletionStage<String> findLater(int id) {
            calls++;
            return CompletableFuture.completedFuture("later " + id);
        }

        @CachePut
        public void put(int id, @CacheValue String value) {}

        @CacheRemove
        public void remove(int id) {}

        @CacheRemoveAll
        public void clear() {}
    }

    @BeforeEach
    void empty() {
        ENTRIES.clear();
    }

    @Test
    void operations_areThoseOfJCache() throws Exception {
        try (Application application = Application.of(Service.class)) {
            Service service = application.bean(Service.class);
            assertThat(service.find(1)).isEqualTo("found 1");
            assertThat(service.find(1)).isEqualTo("found 1");
            assertThat(service.nothing(2)).isNull();
            assertThat(service.calls).isEqualTo(2);
            assertThat(ENTRIES).containsOnlyKeys(GeneratedKey.of(1));

            assertThat(service.findLater(1).toCompletableFuture().get(30, TimeUnit.SECONDS))
                    .isEqualTo("later 1");
            assertThat(service.find(1)).isEqualTo("later 1");
            service.put(1, "put");
            assertThat(service.find(1)).isEqualTo("put");
            service.remove(1);
            assertThat(ENTRIES).isEmpty();
            service.find(3);
            service.clear();
            assertThat(ENTRIES).isEmpty();
        }
    }
}
