package io.nearfar.fault.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.NearfarCache;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import io.nearfar.testing.RealRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** After load, an outage in the middle of it included, no token, lease, dirty key or lock is left. */
@Timeout(180)
class LeftoversTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int THREADS = 8;
    private static final int KEYS = 20;

    private final CountDownLatch underWay = new CountDownLatch(THREADS * 200);
    private final LongAdder refused = new LongAdder();
    private volatile boolean over;

    @Test
    void tokensLeasesAndDirtyKeys_afterLoadWithAnOutage_returnToZero() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (RealRedis redis = RealRedis.start();
                Application application = Application.in(
                        Mode.TIERED,
                        "nearfar.address",
                        "redis://" + redis.host(),
                        "nearfar.deadline",
                        "500ms",
                        "nearfar.load-lease",
                        "2s")) {
            NearfarCache<String, String> cache = application.cache(loading());
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Random random = new Random(thread);
                all.add(threads.submit(() -> hammer(cache, random)));
            }
            underWay.await(60, TimeUnit.SECONDS);
            redis.kill();
            await().atMost(SOON).until(() -> cache.figures().dirtyKeys() > 0);
            redis.restart();
            await().atMost(SOON).until(() -> cache.figures().dirtyKeys() == 0);
            over = true;
            for (Future<?> each : all) {
                each.get();
            }
            assertThat(refused.sum()).as("calls that met the outage").isPositive();
            await().atMost(SOON).untilAsserted(() -> assertNothingLeft(cache, redis));
        } finally {
            threads.shutdownNow();
        }
    }

    private static MutableConfiguration<String, String> loading() {
        return new MutableConfiguration<String, String>().setReadThrough(true).setCacheLoaderFactory(Loads::new);
    }

    /** Loads what is asked for. */
    private static final class Loads implements CacheLoader<String, String> {
        @Override
        public String load(String key) {
            return "loaded";
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            return Map.of();
        }
    }

    private Void hammer(NearfarCache<String, String> cache, Random random) throws Exception {
        while (!over) {
            String key = "k" + random.nextInt(KEYS);
            try {
                act(cache, key, random.nextInt(7));
            } catch (FarTierUnavailableException e) {
                refused.increment(); // what only the far tier decides
            }
            underWay.countDown();
        }
        return null;
    }

    private static void act(NearfarCache<String, String> cache, String key, int what) throws Exception {
        switch (what) {
            case 0 -> cache.put(key, "put");
            case 1 -> cache.remove(key);
            case 2 ->
                cache.invoke(key, (entry, arguments) -> {
                    entry.setValue("processed");
                    return null;
                });
            case 3 -> cache.getAll(Set.of(key, "other"));
            case 4 -> cache.getOrLoad(key, () -> "made");
            case 5 -> cache.replace(key, "put", "replaced");
            default -> cache.get(key);
        }
    }

    private static void assertNothingLeft(NearfarCache<String, String> cache, RealRedis redis)
            throws ReflectiveOperationException {
        assertThat(Leftovers.below(List.of(cache)))
                .containsKeys("NearTier", "LoadCoordinator")
                .allSatisfy((owner, count) -> assertThat(count).as(owner).isZero());
        assertThat(cache.figures().dirtyKeys()).isZero();
        assertThat((List<?>) redis.call("KEYS", "*:l:*")).as("locks of keys").isEmpty();
    }
}
