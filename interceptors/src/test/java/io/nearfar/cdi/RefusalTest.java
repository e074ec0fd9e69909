package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.NearfarCache;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheInvocationContext;
import javax.cache.annotation.CacheMethodDetails;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResolver;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cache that fails closed refuses in an outage, and its refusal is what the caller gets. */
@Timeout(120)
class RefusalTest {
    /** Resolves to a cache that refuses everything. */
    public static class Closed implements CacheResolverFactory {
        @Override
        public CacheResolver getCacheResolver(CacheMethodDetails<? extends Annotation> details) {
            return new CacheResolver() {
                @Override
                @SuppressWarnings("unchecked") // the proxy has the types of whoever asks
                public <K, V> Cache<K, V> resolveCache(CacheInvocationContext<? extends Annotation> context) {
                    return (Cache<K, V>) Proxy.newProxyInstance(
                            RefusalTest.class.getClassLoader(),
                            new Class<?>[] {NearfarCache.class},
                            (proxy, method, arguments) -> {
                                throw new FarTierUnavailableException("no answer");
                            });
                }
            };
        }

        @Override
        public CacheResolver getExceptionCacheResolver(CacheMethodDetails<CacheResult> details) {
            return getCacheResolver(details);
        }
    }

    @Singleton
    @CacheDefaults(cacheResolverFactory = Closed.class)
    public static class Service {
        int calls;

        @CacheResult(exceptionCacheName = "errors")
        public String find(int id) {
            calls++;
            return "found";
        }

        @CacheResult(exceptionCacheName = "errors")
        public CompletionStage<String> findLater(int id) {
            calls++;
            return CompletableFuture.completedFuture("found");
        }

        @CacheRemove
        public String remove(int id) {
            calls++;
            return "removed";
        }

        @CacheRemove
        public CompletionStage<String> removeLater(int id) {
            calls++;
            return CompletableFuture.completedFuture("removed");
        }

        @CacheRemove(evictFor = IOException.class)
        public String fail(int id) throws IOException {
            throw new IOException("failed");
        }
    }

    @Test
    void refusal_reachesTheCaller() {
        try (Application application = Application.of(Service.class)) {
            Service service = application.bean(Service.class);

            assertThatThrownBy(() -> service.find(1)).isInstanceOf(FarTierUnavailableException.class);
            assertThatThrownBy(() -> service.findLater(1).toCompletableFuture().get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(FarTierUnavailableException.class);
            assertThat(service.calls).isZero();
            assertThatThrownBy(() -> service.remove(1)).isInstanceOf(FarTierUnavailableException.class);
            assertThatThrownBy(
                            () -> service.removeLater(1).toCompletableFuture().get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(FarTierUnavailableException.class);
            assertThat(service.calls).isEqualTo(2);
        }
    }

    @Test
    void refusal_afterTheMethodFailed_isSuppressed() {
        try (Application application = Application.of(Service.class)) {
            assertThatThrownBy(() -> application.bean(Service.class).fail(1))
                    .isInstanceOf(IOException.class)
                    .hasSuppressedException(new FarTierUnavailableException("no answer"));
        }
    }
}
