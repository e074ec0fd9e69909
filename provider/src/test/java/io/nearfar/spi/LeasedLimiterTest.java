package io.nearfar.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.Decision;
import io.nearfar.Decision.Basis;
import io.nearfar.Limit;
import io.nearfar.Quota;
import io.nearfar.RateLimiter;
import io.nearfar.testing.RealRedis;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Limits of which nodes hold credits, as an application has them. */
@Timeout(120)
class LeasedLimiterTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int PERMITS = 2_000;
    private static final int THREADS = 4;
    private static final Quota ALL =
            new Limit("all", PERMITS, Duration.ofHours(1)).leased().forAll();

    private final NearfarCachingProvider provider = new NearfarCachingProvider();
    private int managers;

    @AfterEach
    void close() {
        provider.close();
    }

    private CacheManager manager(RealRedis redis) {
        Properties properties = new Properties();
        properties.setProperty("nearfar.prefix", "leased");
        properties.setProperty("nearfar.address", redis.address());
        properties.setProperty("nearfar.limit.deadline", "30s");
        properties.setProperty("nearfar.limit.outage", "closed");
        CacheManager manager = provider.getCacheManager(URI.create("test:leased-" + managers++), null, properties);
        await().atMost(SOON)
                .until(() -> manager.unwrap(RateLimiter.class)
                                .decide(new Limit("reach", PERMITS, SOON).forAll())
                                .basis()
                        == Basis.COUNTED);
        return manager;
    }

    /** Asks until the limit is full; returns how many were admitted, and of these without a question. */
    private static long[] exhaust(RateLimiter limiter) {
        long[] admitted = new long[2];
        Decision decision = limiter.decide(ALL);
        while (decision.admitted()) {
            admitted[0]++;
            admitted[1] += decision.basis() == Basis.LEASED ? 1 : 0;
            decision =
                    limiter.decideAsync(List.of(ALL), 1).toCompletableFuture().join();
        }
        return admitted;
    }

    /** Threads of two nodes have every permit, whoever of them takes it, and not one more. What a node has not spent goes back. */
    @Test
    void nodesThatLease_admitAllPermits_andNotOneMore() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (RealRedis redis = RealRedis.start()) {
            CacheManager one = manager(redis);
            CacheManager other = manager(redis);
            List<Callable<long[]>> work = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                RateLimiter limiter = (thread % 2 == 0 ? one : other).unwrap(RateLimiter.class);
                work.add(() -> exhaust(limiter));
            }
            long admitted = 0;
            long leased = 0;
            for (Future<long[]> done : threads.invokeAll(work)) {
                admitted += done.get()[0];
                leased += done.get()[1];
            }
            assertThat(leased).isPositive();
            assertThat(admitted).isLessThanOrEqualTo(PERMITS);
            one.close();
            other.close();
            RateLimiter last = manager(redis).unwrap(RateLimiter.class);
            assertThat(last.info(ALL).used()).isEqualTo(admitted);
            assertThat(admitted + exhaust(last)[0]).isEqualTo(PERMITS);
            provider.close();
        } finally {
            threads.shutdownNow();
        }
    }

    /** Nobody asks any more, and the credits go back all the same. */
    @Test
    void creditsOfAQuietNode_goBack() {
        try (RealRedis redis = RealRedis.start()) {
            RateLimiter busy = manager(redis).unwrap(RateLimiter.class);
            RateLimiter other = manager(redis).unwrap(RateLimiter.class);
            long requests = 0;
            Basis basis = Basis.COUNTED;
            while (basis != Basis.LEASED && requests < 500) {
                basis = busy.decide(ALL).basis();
                requests++;
            }
            assertThat(basis).isEqualTo(Basis.LEASED);
            long admitted = requests;
            await().atMost(SOON).until(() -> other.info(ALL).used() == admitted);
            provider.close();
        }
    }
}
