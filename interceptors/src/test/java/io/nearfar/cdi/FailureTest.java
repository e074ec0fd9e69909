package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.NearfarCache;
import io.nearfar.cdi.annotation.NamedCache;
import io.nearfar.cdi.testing.ErrorLines;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheInvocationContext;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheKeyInvocationContext;
import javax.cache.annotation.CacheMethodDetails;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResolver;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import javax.cache.annotation.GeneratedCacheKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Caches, resolvers and generators that fail: the method never does. */
@Timeout(120)
class FailureTest {
    @RegisterExtension
    final ErrorLines lines = new ErrorLines();

    /** Resolves to a cache whose every operation fails. */
    public static class Broken implements CacheResolverFactory {
        @Override
        public CacheResolver getCacheResolver(CacheMethodDetails<? extends Annotation> details) {
            return new CacheResolver() {
                @Override
                public <K, V> Cache<K, V> resolveCache(CacheInvocationContext<? extends Annotation> context) {
                    return ForeignCaches.broken();
                }
            };
        }

        @Override
        public CacheResolver getExceptionCacheResolver(CacheMethodDetails<CacheResult> details) {
            return getCacheResolver(details);
        }
    }

    @Singleton
    @CacheDefaults(cacheResolverFactory = Broken.class)
    public static class Service {
        int calls;

        @CacheResult
        public String find(int id) {
            calls++;
            return "found " + id;
        }

        @CacheResult(exceptionCacheName = "errors")
        public String fail(int id) throws IOException {
            calls++;
            throw new IOException("failed " + id);
        }

        @CacheResult
        public CompletionStage<String> findLater(int id) {
            calls++;
            return CompletableFuture.completedFuture("found " + id);
        }

        @CacheResult(exceptionCacheName = "errors")
        public CompletionStage<String> failLater(int id) {
            calls++;
            return CompletableFuture.failedFuture(new IOException("failed " + id));
        }

        @CachePut
        public String put(int id, @CacheValue String value) {
            return "put";
        }

        @CacheRemove(afterInvocation = false)
        public String remove(int id) {
            return "removed";
        }

        @CacheRemoveAll
        public String clear() {
            return "cleared";
        }
    }

    @Test
    void cacheFails_everyMethodIsCalledOnce() throws Exception {
        try (Application application = Application.of(Service.class)) {
            Service service = application.bean(Service.class);

            assertThat(service.find(1)).isEqualTo("found 1");
            assertThatThrownBy(() -> service.fail(1))
                    .isInstanceOf(IOException.class)
                    .hasMessage("failed 1");
            assertThat(service.findLater(1).toCompletableFuture().get(30, TimeUnit.SECONDS))
                    .isEqualTo("found 1");
            assertThatThrownBy(() -> service.failLater(1).toCompletableFuture().get(30, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(IOException.class)
                    .hasMessage("failed 1");
            assertThat(service.calls).isEqualTo(4);
            assertThat(service.put(1, "value")).isEqualTo("put");
            assertThat(service.remove(1)).isEqualTo("removed");
            assertThat(service.clear()).isEqualTo("cleared");
        }
    }

    @Test
    void cacheFails_thousandTimes_oneLine() {
        try (Application application = Application.of(Service.class)) {
            Service service = application.bean(Service.class);
            for (int i = 0; i < 1_000; i++) {
                service.find(i);
            }

            assertThat(lines.text().lines().filter(line -> line.contains("NF0801")))
                    .singleElement()
                    .asString()
                    .contains("Service.find(int)");
        }
    }

    /** Fails, or returns null, as it is told. */
    public static class BadKeys implements CacheKeyGenerator {
        static boolean returnsNull;

        @Override
        public GeneratedCacheKey generateCacheKey(CacheKeyInvocationContext<? extends Annotation> context) {
            if (returnsNull) {
                return null;
            }
            throw new IllegalArgumentException("no key");
        }
    }

    /** Cannot be made. */
    public static class BadFactory implements CacheResolverFactory {
        public BadFactory() {
            throw new IllegalStateException("cannot be made");
        }

        @Override
        public CacheResolver getCacheResolver(CacheMethodDetails<? extends Annotation> details) {
            return null;
        }

        @Override
        public CacheResolver getExceptionCacheResolver(CacheMethodDetails<CacheResult> details) {
            return null;
        }
    }

    @Singleton
    public static class BadParts {
        @CacheResult(cacheKeyGenerator = BadKeys.class)
        public String find(int id) {
            return "found " + id;
        }

        @CacheRemove(cacheName = "x", cacheKeyGenerator = BadKeys.class)
        public String remove(int id) {
            return "removed";
        }

        @CacheResult(cacheResolverFactory = BadFactory.class)
        public String other(int id) {
            return "other " + id;
        }
    }

    @Test
    void generatorOrResolverFails_methodIsCalled() {
        try (Application application = Application.of(BadParts.class)) {
            BadParts parts = application.bean(BadParts.class);

            BadKeys.returnsNull = false;
            assertThat(parts.find(1)).isEqualTo("found 1");
            BadKeys.returnsNull = true;
            assertThat(parts.find(1)).isEqualTo("found 1");
            assertThat(parts.remove(1)).isEqualTo("removed");
            assertThat(parts.other(1)).isEqualTo("other 1");
        }
    }

    @Singleton
    public static class TwoKinds {
        int calls;

        @CacheResult(cacheName = "kinds")
        public String text(int id) {
            calls++;
            return "text " + id;
        }

        @CacheResult(cacheName = "kinds")
        public Integer number(int id) {
            calls++;
            return id;
        }

        @CacheResult(cacheName = "kinds")
        public CompletionStage<Long> later(int id) {
            calls++;
            return CompletableFuture.completedFuture((long) id);
        }
    }

    @Test
    void otherMethodsValueUnderTheKey_isNoAnswer() throws Exception {
        try (Application application = Application.of(TwoKinds.class)) {
            TwoKinds kinds = application.bean(TwoKinds.class);

            assertThat(kinds.text(1)).isEqualTo("text 1");
            assertThat(kinds.number(1)).isEqualTo(1);
            assertThat(kinds.number(1)).isEqualTo(1);
            assertThat(kinds.calls).isEqualTo(2);
            assertThat(kinds.later(1).toCompletableFuture().get(30, TimeUnit.SECONDS))
                    .isEqualTo(1L);
            assertThat(kinds.text(1)).isEqualTo("text 1");
            assertThat(kinds.calls).isEqualTo(4);
        }
    }

    /** A result that no cache can take. */
    public static final class Handle {}

    @Singleton
    public static class Handles {
        int calls;

        @Inject
        @NamedCache("handles")
        NearfarCache<?, ?> cache;

        @CacheResult(cacheName = "handles")
        public Handle open(int id) {
            calls++;
            return new Handle();
        }
    }

    @Test
    void resultThatCannotBeStored_isReturnedAfterOneCall() {
        try (Application application = Application.of(Handles.class)) {
            Handles handles = application.bean(Handles.class);

            assertThat(handles.open(1)).isNotNull();
            assertThat(handles.calls).isOne();
            assertThat(handles.cache).isEmpty();
            assertThat(lines.text()).contains("NF0801 handles", "Handle");
        }
    }
}
