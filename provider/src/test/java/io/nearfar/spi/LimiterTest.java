package io.nearfar.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.Decision;
import io.nearfar.Decision.Basis;
import io.nearfar.Limit;
import io.nearfar.Quota;
import io.nearfar.QuotaUse;
import io.nearfar.RateLimiter;
import io.nearfar.testing.CapturedLog;
import io.nearfar.testing.RealRedis;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rate limiter as an application has it, by unwrapping its manager. */
@Timeout(120)
class LimiterTest {
    private static final Limit USER = new Limit("user", 3, Duration.ofHours(1));
    private static final Duration SOON = Duration.ofSeconds(30);

    private final NearfarCachingProvider provider = new NearfarCachingProvider();
    private int managers;

    @AfterEach
    void close() {
        provider.close();
    }

    private CacheManager manager(String... settings) {
        Properties properties = new Properties();
        properties.setProperty("nearfar.prefix", "limiter");
        properties.setProperty("nearfar.limit.deadline", "10s");
        for (int i = 0; i < settings.length; i += 2) {
            properties.setProperty(settings[i], settings[i + 1]);
        }
        return provider.getCacheManager(URI.create("test:limiter-" + managers++), null, properties);
    }

    private RateLimiter limiter(String... settings) {
        return manager(settings).unwrap(RateLimiter.class);
    }

    @Test
    void withoutAServer_countsInTheProcess() {
        CacheManager manager = manager();
        RateLimiter limiter = manager.unwrap(RateLimiter.class);
        assertThat(manager.unwrap(RateLimiter.class)).isSameAs(limiter);
        assertThat(limiter.decide(List.of(USER.of("a")), 3).uses())
                .extracting(QuotaUse::remaining)
                .containsExactly(0L);
        assertThat(limiter.decide(USER.of("a")).admitted()).isFalse();
        assertThat(limiter.decideAsync(List.of(USER.of("b")), 1)
                        .toCompletableFuture()
                        .join()
                        .admitted())
                .isTrue();
        limiter.reset(USER.of("a"));
        assertThat(limiter.info(USER.of("a")).used()).isZero();
        manager.close();
        assertThatThrownBy(() -> limiter.decide(USER.of("a"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> manager.unwrap(RateLimiter.class)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void managersOfOneServer_countTogether() {
        try (RealRedis redis = RealRedis.start()) {
            RateLimiter one = limiter("nearfar.address", redis.address());
            RateLimiter other = limiter("nearfar.address", redis.address());
            await().atMost(SOON)
                    .until(() -> one.decide(USER.of("reach")).basis() == Basis.COUNTED
                            && other.decide(USER.of("reach")).basis() == Basis.COUNTED);
            List<Decision> decisions = new ArrayList<>();
            List<Quota> quotas = List.of(USER.of("a"));
            for (RateLimiter each : List.of(one, other, one, other)) {
                CompletableFuture<Decision> decision =
                        each.decideAsync(quotas, 1).toCompletableFuture();
                decisions.add(decision.join());
            }
            assertThat(decisions).extracting(Decision::admitted).containsExactly(true, true, true, false);
            assertThat(decisions).extracting(Decision::basis).containsOnly(Basis.COUNTED);
            assertThat(other.info(USER.of("a")).windowStart())
                    .isEqualTo(decisions.get(0).uses().get(0).windowStart());
            assertThat(other.info(USER.of("a")).windowEnd())
                    .isEqualTo(other.info(USER.of("a")).windowStart().plus(USER.window()))
                    .isEqualTo(decisions.get(0).uses().get(0).windowEnd());
            one.reset(USER.of("a"));
            assertThat(one.info(USER.of("a")).remaining()).isEqualTo(3);
            provider.close();
        }
    }

    /** Each request for one of many denied keys is answered by memory or by the server, and what another node resets is seen. */
    @Test
    void manyDeniedKeys_areDeniedByMemory_andSeeAReset() {
        try (RealRedis redis = RealRedis.start()) {
            RateLimiter one = limiter("nearfar.address", redis.address());
            RateLimiter other = limiter("nearfar.address", redis.address());
            await().atMost(SOON)
                    .until(() -> one.decide(USER.of("reach")).basis() == Basis.COUNTED
                            && other.decide(USER.of("reach")).basis() == Basis.COUNTED);
            List<Quota> quotas =
                    IntStream.range(0, 120).mapToObj(i -> USER.of("key-" + i)).toList();
            quotas.forEach(quota ->
                    assertThat(one.decide(List.of(quota), 3).admitted()).isTrue());
            quotas.forEach(quota -> assertThat(one.decide(quota).admitted()).isFalse());
            other.reset(quotas.get(7));
            await().atMost(SOON).until(() -> {
                List<Quota> admitted = quotas.stream()
                        .filter(quota -> one.decide(quota).admitted())
                        .toList();
                return !admitted.isEmpty() && admitted.equals(quotas.subList(7, 8));
            });
            assertThat(one.info(quotas.get(6)).remaining()).isZero();
            provider.close();
        }
    }

    /** The caches stay in the process, the limits do not. */
    @Test
    void addressOfItsOwn_isUsed() {
        try (RealRedis redis = RealRedis.start()) {
            RateLimiter limiter = limiter("nearfar.mode", "near", "nearfar.limit.address", redis.address());
            await().atMost(SOON).until(() -> limiter.decide(USER.of("a")).basis() == Basis.COUNTED);
            assertThat((List<?>) redis.call("KEYS", "{limiter~*}:q:user:a")).hasSize(1);
            provider.close();
        }
    }

    @Test
    void serverThatIsKilled_isOneLineOutAndOneBack() {
        try (RealRedis redis = RealRedis.start()) {
            RateLimiter limiter = limiter(
                    "nearfar.address",
                    redis.address(),
                    "nearfar.limit.outage",
                    "local",
                    "nearfar.limit.deadline",
                    "5s");
            await().atMost(SOON).until(() -> limiter.decide(USER.of("reach")).basis() == Basis.COUNTED);
            limiter.decide(List.of(USER.of("a")), 3);
            assertOneLineOutAndOneBack(redis, limiter);
        }
    }

    /** A starved node may have told of an outage before it reached the server. */
    private void assertOneLineOutAndOneBack(RealRedis redis, RateLimiter limiter) {
        try (CapturedLog log = new CapturedLog()) {
            redis.kill();
            List<Boolean> admitted = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                admitted.add(limiter.decide(USER.of("a")).admitted());
            }
            assertThat(admitted).containsExactly(true, true, true, false, false);
            redis.restart();
            await().atMost(SOON).until(() -> limiter.decide(USER.of("b")).basis() == Basis.COUNTED);
            await().atMost(SOON)
                    .until(() -> limiter.peek(USER.of("c")).admitted()
                            && !log.lines("NF0702").isEmpty());
            provider.close();
            assertThat(log.lines("NF0701")).hasSize(1);
            assertThat(log.lines("NF0702")).hasSize(1);
        }
    }

    @Test
    void switchedOff_asksNoServer() {
        RateLimiter limiter = limiter("nearfar.address", "redis://127.0.0.1:1", "nearfar.limit.enabled", "false");
        assertThat(limiter.decide(USER.of("a")).basis()).isEqualTo(Basis.OFF);
    }

    @Test
    void serverThatRefuses_isNamed() {
        try (RealRedis redis = RealRedis.start("--requirepass", "secret")) {
            CacheManager manager = manager("nearfar.limit.address", redis.address());
            assertThatThrownBy(() -> manager.unwrap(RateLimiter.class))
                    .isInstanceOf(CacheException.class)
                    .hasMessageContaining(redis.host());
        }
    }
}
