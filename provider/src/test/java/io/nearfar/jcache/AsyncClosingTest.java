package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.NearfarCache;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.Relay;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Caches that are closed while calls are under way for which no thread waits. */
@Timeout(120)
class AsyncClosingTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    /** Two deadlines, which closing waits for answers at most, are longer than anybody waits here. */
    @Test
    void cacheThatIsClosedByWhoGoesOnFromAStage_doesNotWaitForIt() throws Exception {
        try (Application application =
                Application.in(Mode.TIERED, "nearfar.deadline", "50s", "nearfar.load-lease", "2m")) {
            NearfarCache<String, String> cache = application.cache();
            cache.put("k", "old");
            cache.async()
                    .put("k", "new")
                    .thenRun(cache::close)
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            assertThat(cache.isClosed()).isTrue();
        }
    }

    /** It fails open, so the put is told that it is done; then it must come to something. */
    @Test
    void putInAnOutage_whoseCacheIsClosed_isMadeUpFor() throws Exception {
        try (RealRedis redis = RealRedis.start();
                Relay relay = new Relay(redis.port());
                Application application = Application.in(
                        Mode.TIERED,
                        "nearfar.address",
                        "redis://" + relay.host(),
                        "nearfar.cache.cities.deadline",
                        "1s");
                Application other = application.another(
                        "nearfar.address", "redis://" + redis.host(), "nearfar.cache.cities.deadline", "9s")) {
            NearfarCache<String, String> there = other.cache();
            NearfarCache<String, String> cache = application.cache();
            there.put("k", "old");
            relay.hold();
            CompletableFuture<String> thread = cache.async()
                    .put("k", "new")
                    .thenApply(done -> Thread.currentThread().getName())
                    .toCompletableFuture();
            cache.close();
            assertThat(thread.get(30, TimeUnit.SECONDS)).isEqualTo("nearfar-cache-cities");
            relay.pass();
            await().atMost(SOON)
                    .ignoreException(FarTierUnavailableException.class)
                    .until(() -> there.get("k") == null);
        }
    }
}
