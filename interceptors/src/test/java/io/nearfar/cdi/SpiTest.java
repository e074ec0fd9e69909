package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheInvocationContext;
import javax.cache.annotation.CacheInvocationParameter;
import javax.cache.annotation.CacheKey;
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
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Key generators and resolver factories of the application, and what they are shown. */
class SpiTest {
    private final Application application = Application.of(Users.class);
    private final Users users = application.bean(Users.class);

    @AfterEach
    void stop() {
        application.close();
    }

    /** A key in lower case. */
    static final class LowerCase implements GeneratedCacheKey {
        private static final long serialVersionUID = 1L;
        private final String text;

        LowerCase(String text) {
            this.text = text;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof LowerCase same && same.text.equals(text);
        }

        @Override
        public int hashCode() {
            return Objects.hash(text);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Not public, no bean: made by its constructor. */
    static class LowerCaseKeys implements CacheKeyGenerator {
        static CacheKeyInvocationContext<? extends Annotation> last;

        @Override
        public GeneratedCacheKey generateCacheKey(CacheKeyInvocationContext<? extends Annotation> context) {
            last = context;
            Object first = context.getKeyParameters()[0].getValue();
            return new LowerCase(String.valueOf(first).toLowerCase(Locale.ROOT));
        }
    }

    @Singleton
    public static class Users {
        int calls;

        @CacheResult(cacheName = "users", cacheKeyGenerator = LowerCaseKeys.class)
        public String find(@CacheKey String name, int depth) {
            calls++;
            return "user " + name;
        }

        @CachePut(cacheName = "users", cacheKeyGenerator = LowerCaseKeys.class)
        public void put(String name, @CacheValue String user) {}

        @CacheRemove(cacheName = "users", cacheKeyGenerator = LowerCaseKeys.class)
        public void remove(String name) {}
    }

    @Test
    void keyGenerator_itsKeysCount() {
        assertThat(users.find("ANN", 1)).isEqualTo("user ANN");
        assertThat(users.find("ann", 2)).isEqualTo("user ANN");
        assertThat(users.calls).isOne();

        users.put("Bob", "put");
        assertThat(users.find("bob", 1)).isEqualTo("put");
        users.remove("ANn");
        assertThat(users.find("ann", 1)).isEqualTo("user ann");
    }

    @Test
    void keyGenerator_isShownTheInvocation() throws Exception {
        users.find("ann", 7);
        CacheKeyInvocationContext<? extends Annotation> seen = LowerCaseKeys.last;

        assertThat(seen.getMethod()).isEqualTo(Users.class.getMethod("find", String.class, int.class));
        assertThat(seen.getCacheName()).isEqualTo("users");
        assertThat(seen.getCacheAnnotation()).isInstanceOf(CacheResult.class);
        assertThat(seen.getAnnotations()).anyMatch(CacheResult.class::isInstance);
        assertThat(seen.getTarget()).isInstanceOf(Users.class);
        assertThat(seen.getValueParameter()).isNull();
        assertThat(seen.getAllParameters()).hasSize(2).isNotSameAs(seen.getAllParameters());
        assertThat(seen.getKeyParameters())
                .extracting(CacheInvocationParameter::getParameterPosition)
                .containsExactly(0);
        CacheInvocationParameter depth = seen.getAllParameters()[1];
        assertThat(depth.getValue()).isEqualTo(7);
        assertThat(depth.getRawType()).isEqualTo(int.class);
        assertThat(depth.getAnnotations()).isEmpty();
        assertThat(seen.getAllParameters()[0].getAnnotations()).anyMatch(CacheKey.class::isInstance);
        assertThat(seen.unwrap(InvocationContext.class)).isNotNull();
        assertThatThrownBy(() -> seen.unwrap(String.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.String");
    }

    @Test
    void keyGenerator_ofPut_isShownTheValue() {
        users.put("ann", "value");

        assertThat(LowerCaseKeys.last.getValueParameter().getValue()).isEqualTo("value");
        assertThat(LowerCaseKeys.last.getValueParameter().getParameterPosition())
                .isOne();
    }

    @ApplicationScoped
    public static class Counter {
        private final List<String> asked = new ArrayList<>();

        public void count(String what) {
            asked.add(what);
        }

        public List<String> asked() {
            return List.copyOf(asked);
        }
    }

    /** A bean, with something injected; puts each target's entries into a cache named after the room. */
    @ApplicationScoped
    public static class ByRoom implements CacheResolverFactory {
        @Inject
        CacheManager manager;

        @Inject
        Counter counter;

        @Override
        public CacheResolver getCacheResolver(CacheMethodDetails<? extends Annotation> details) {
            counter.count("resolver of " + details.getMethod().getName());
            return new CacheResolver() {
                @Override
                public <K, V> Cache<K, V> resolveCache(CacheInvocationContext<? extends Annotation> context) {
                    return cache("room " + context.getAllParameters()[0].getValue());
                }
            };
        }

        @Override
        public CacheResolver getExceptionCacheResolver(CacheMethodDetails<CacheResult> details) {
            counter.count("resolver of errors of " + details.getMethod().getName());
            return new CacheResolver() {
                @Override
                public <K, V> Cache<K, V> resolveCache(CacheInvocationContext<? extends Annotation> context) {
                    return cache(details.getCacheAnnotation().exceptionCacheName());
                }
            };
        }

        private synchronized <K, V> Cache<K, V> cache(String name) {
            Cache<K, V> cache = manager.getCache(name);
            return cache != null ? cache : manager.createCache(name, new MutableConfiguration<K, V>());
        }
    }

    @Singleton
    public static class Rooms {
        int calls;

        @CacheResult(cacheResolverFactory = ByRoom.class, exceptionCacheName = "noRoom")
        public String guest(int room) {
            calls++;
            if (room == 13) {
                throw new IllegalArgumentException("no room 13");
            }
            return "guest of " + room;
        }

        @CacheRemoveAll(cacheResolverFactory = ByRoom.class)
        public void vacate(int room) {}
    }

    @Test
    void resolverFactory_bean_fetchedOncePerMethodAskedAtEveryCall() {
        try (Application hotel = Application.of(Rooms.class, ByRoom.class, Counter.class)) {
            Rooms rooms = hotel.bean(Rooms.class);
            rooms.guest(1);
            rooms.guest(1);
            rooms.guest(2);
            assertThatThrownBy(() -> rooms.guest(13)).hasMessage("no room 13");
            assertThatThrownBy(() -> rooms.guest(13)).hasMessage("no room 13");

            assertThat(rooms.calls).isEqualTo(3);
            assertThat(hotel.cache("room 1")).hasSize(1);
            assertThat(hotel.cache("room 2")).hasSize(1);
            assertThat(hotel.cache("noRoom")).hasSize(1);

            rooms.vacate(1);
            assertThat(hotel.cache("room 1")).isEmpty();
            assertThat(hotel.cache("room 2")).hasSize(1);
            assertThat(hotel.bean(Counter.class).asked())
                    .containsExactlyInAnyOrderElementsOf(
                            Arrays.asList("resolver of guest", "resolver of errors of guest", "resolver of vacate"));
        }
    }
}
