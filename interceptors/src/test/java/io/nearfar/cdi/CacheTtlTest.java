package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nearfar.NearfarCache;
import io.nearfar.cdi.annotation.CacheTags;
import io.nearfar.cdi.annotation.CacheTtl;
import io.nearfar.cdi.nodes.LocalRedis;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code @CacheTtl}: over what settings say, which is a millisecond for one cache and five minutes for the others. */
@Timeout(120)
class CacheTtlTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @BeforeEach
    void set() {
        System.setProperty("nearfar.cache.moments.ttl", "1ms");
    }

    @AfterEach
    void clear() {
        System.clearProperty("nearfar.cache.moments.ttl");
    }

    @Singleton
    public static class Rates {
        int shortCalls;
        int longCalls;
        int plainCalls;
        int failures;
        boolean fails;

        @CacheResult(cacheName = "rates")
        @CacheTtl("1ms")
        @CacheTags("rate:{id}")
        public String passing(int id) {
            shortCalls++;
            return "";
        }

        @CacheResult(cacheName = "moments")
        @CacheTtl("1h")
        public String lasting(int id) {
            longCalls++;
            return "";
        }

        @CacheResult(cacheName = "moments")
        public String plain(int id) {
            plainCalls++;
            return "";
        }

        @CacheResult(cacheName = "graces")
        @CacheTtl(value = "1ms", grace = "1h")
        public String kept(int id) {
            if (fails) {
                failures++;
                throw new IllegalStateException("no rate");
            }
            return "kept";
        }

        @CachePut(cacheName = "puts")
        @CacheTtl("1ms")
        public void put(int id, @CacheValue String rate) {}

        @CachePut(cacheName = "puts")
        public void putForLong(int id, @CacheValue String rate) {}
    }

    @Test
    void result_livesAsItsAnnotationSays() {
        try (Application application = Application.of(Rates.class)) {
            Rates rates = application.bean(Rates.class);
            rates.lasting(1);
            await().atMost(LONG).until(() -> rates.passing(1).isEmpty() && rates.shortCalls > 1);
            await().atMost(LONG).until(() -> rates.plain(2).isEmpty() && rates.plainCalls > 1);
            rates.lasting(1);
            assertThat(rates.longCalls).isOne();
        }
    }

    @Singleton
    public static class Shown {
        @CacheResult(cacheName = "far-only")
        @CacheTtl(value = "1h", near = "0s")
        public String farOnly(int id) {
            return "far";
        }

        @CacheResult(cacheName = "near-too")
        @CacheTtl("1h")
        public String nearToo(int id) {
            return "near";
        }
    }

    @Test
    void near_isHowLongNearTiersKeepIt() throws Exception {
        try (LocalRedis redis = LocalRedis.start()) {
            System.setProperty("nearfar.address", redis.address());
            System.setProperty("nearfar.deadline", "9s");
            System.setProperty("nearfar.connect-timeout", "9s");
            try (Application application = Application.of(Shown.class)) {
                Shown shown = application.bean(Shown.class);
                await().atMost(LONG)
                        .until(() -> shown.nearToo(1).equals("near") && nearHits(application, "near-too") > 0);
                for (int i = 0; i < 3; i++) {
                    shown.farOnly(1);
                }
                assertThat(nearHits(application, "far-only")).isZero();
                assertThat(application.cache("far-only")).hasSize(1);
            }
        } finally {
            List.of("address", "deadline", "connect-timeout").forEach(each -> System.clearProperty("nearfar." + each));
        }
    }

    private static long nearHits(Application application, String cache) {
        return Objects.requireNonNull(application.cache(cache))
                .unwrap(NearfarCache.class)
                .figures()
                .nearHits();
    }

    @Test
    void put_livesAsItsAnnotationSays() {
        try (Application application = Application.of(Rates.class)) {
            Rates rates = application.bean(Rates.class);
            rates.putForLong(1, "long");
            rates.put(2, "short");
            await().atMost(LONG).until(() -> size(application) == 1);
        }
    }

    private static int size(Application application) {
        int size = 0;
        for (Object ignored : application.cache("puts")) {
            size++;
        }
        return size;
    }

    @Test
    void grace_answersForACallThatFails() {
        try (Application application = Application.of(Rates.class)) {
            Rates rates = application.bean(Rates.class);
            rates.kept(1);
            rates.fails = true;
            await().atMost(LONG).until(() -> rates.kept(1).equals("kept") && rates.failures > 0);
        }
    }

    @Singleton
    public static class NoLength {
        @CacheResult
        @CacheTtl("a while")
        public String go() {
            return "";
        }
    }

    @Singleton
    public static class TooShort {
        @CacheResult
        @CacheTtl("0s")
        public String go() {
            return "";
        }
    }

    @Singleton
    public static class NothingStored {
        @CacheRemove(cacheName = "rates")
        @CacheTtl("1m")
        public void go() {}
    }

    @Singleton
    public static class Alone {
        @CacheTtl("1m")
        public void go() {}
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments(NoLength.class, "\"a while\" is no length of time"),
                arguments(TooShort.class, "Write 1ms or more"),
                arguments(NothingStored.class, "stores nothing"),
                arguments(Alone.class, "stores nothing"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistake_failsTheDeployment(Class<?> type, String words) {
        assertThat(catchThrowable(() -> Application.of(type).close()))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("NF0858")
                .hasMessageContaining(words)
                .hasMessageContaining(type.getName() + ".go(");
    }
}
