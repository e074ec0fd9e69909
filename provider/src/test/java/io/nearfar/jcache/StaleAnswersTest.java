package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.NearfarCache;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import io.nearfar.testing.RealRedis;
import java.time.Duration;
import javax.cache.configuration.MutableConfiguration;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Near answers in an outage: how old they may be, that they are counted, and what the cache says of their age. */
@Timeout(120)
class StaleAnswersTest {
    private static final Duration LEASE = Duration.ofMillis(500);
    private static final Duration MAX_STALE = Duration.ofSeconds(2);

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20));
    }

    /** Of the two caches one may answer as old as it likes. */
    private static Application over(RealRedis redis) {
        return Application.in(
                Mode.TIERED,
                "nearfar.address",
                redis.address(),
                "nearfar.beat",
                "100ms",
                "nearfar.near.lease",
                LEASE.toMillis() + "ms",
                "nearfar.near.ttl",
                "1h",
                "nearfar.max-stale",
                "1h",
                "nearfar.cache.strict.max-stale",
                MAX_STALE.toSeconds() + "s");
    }

    @SuppressWarnings("unchecked")
    private static NearfarCache<String, String> cache(Application application, String name) {
        NearfarCache<String, String> cache = application
                .manager()
                .createCache(name, new MutableConfiguration<String, String>())
                .unwrap(NearfarCache.class);
        cache.put("k", "v");
        awaitNear(cache);
        return cache;
    }

    /** A beat that is sent while a write is under way keeps its entry out of the near tier. */
    private static void awaitNear(NearfarCache<String, String> cache) {
        soon().until(() -> {
            long before = cache.figures().nearHits();
            return cache.get("k") != null && cache.figures().nearHits() > before;
        });
    }

    private static boolean isVerified(NearfarCache<?, ?> cache) {
        return cache.sinceVerified().compareTo(LEASE) < 0;
    }

    @Test
    void nearAnswers_inAnOutage_areCountedAndEndAtMaxStale() {
        try (RealRedis redis = RealRedis.start();
                Application application = over(redis)) {
            NearfarCache<String, String> strict = cache(application, "strict");
            NearfarCache<String, String> lenient = cache(application, "lenient");
            assertThat(lenient.get("k")).isEqualTo("v");
            assertThat(lenient.figures().staleAnswers()).isZero();

            redis.kill();
            soon().until(() -> {
                assertThat(lenient.get("k")).isEqualTo("v");
                return lenient.figures().staleAnswers() > 0;
            });
            soon().until(() -> lenient.sinceVerified().compareTo(LEASE) >= 0);
            soon().until(() -> strict.get("k") == null);
            assertThat(strict.sinceVerified()).isGreaterThanOrEqualTo(MAX_STALE);
            long missed = strict.figures().misses();
            long stale = strict.figures().staleAnswers();
            assertThat(strict.get("k")).isNull();
            assertThat(strict.figures().misses()).isEqualTo(missed + 1);
            assertThat(strict.figures().staleAnswers()).isEqualTo(stale);
            long counted = lenient.figures().staleAnswers();
            assertThat(lenient.get("k")).isEqualTo("v");
            assertThat(lenient.figures().staleAnswers()).isEqualTo(counted + 1);
        }
    }

    @Test
    void sinceVerified_isShortButInAnOutageInWhichItGrows() {
        try (RealRedis redis = RealRedis.start();
                Application application = over(redis)) {
            NearfarCache<String, String> cache = cache(application, "lenient");
            soon().until(() -> isVerified(cache));
            redis.kill();
            soon().until(() -> cache.sinceVerified().compareTo(LEASE) > 0);
            Duration before = cache.sinceVerified();
            soon().until(() -> cache.sinceVerified().compareTo(before.plus(LEASE)) > 0);
            redis.restart();
            soon().until(() -> isVerified(cache));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TIERED")
    void sinceVerified_withoutOneTierOverTheOther_isNull(Mode mode) {
        try (Application application = Application.in(mode)) {
            assertThat(application.<String, String>cache().sinceVerified()).isNull();
        }
    }
}
