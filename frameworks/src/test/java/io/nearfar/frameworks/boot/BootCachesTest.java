package io.nearfar.frameworks.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.nearfar.testing.RealRedis;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.cache.CacheManager;
import org.springframework.cache.jcache.JCacheCacheManager;

/** Spring Boot finds the provider by itself; two applications, each a node, share the caches over one Redis. */
@Timeout(120)
class BootCachesTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static RealRedis redis;
    private static BootNode first;
    private static BootNode second;

    private final String name = "city-" + UUID.randomUUID(); // no other run's

    @BeforeAll
    static void start() throws IOException {
        redis = RealRedis.start();
        first = node("nearfar.codec.allow = io.nearfar.frameworks.boot.*, @spring");
        second = node("nearfar.codec.allow = io.nearfar.frameworks.boot.*, @spring");
    }

    @AfterAll
    static void stop() {
        first.close();
        second.close();
        redis.close();
    }

    private static BootNode node(String... more) throws IOException {
        List<String> settings = new ArrayList<>(List.of(
                "nearfar.address = " + redis.address(),
                "nearfar.application = atlas",
                "nearfar.deadline = 9s",
                "nearfar.cache.distances.ttl = 30s"));
        settings.addAll(List.of(more));
        return BootNode.start(folder, settings);
    }

    @Test
    void manager_isMadeByBoot_withTheNamedCaches() {
        CacheManager manager = first.bean(CacheManager.class);
        assertThat(manager).isInstanceOf(JCacheCacheManager.class);
        assertThat(manager.getCacheNames()).containsExactlyInAnyOrder("cities", "distances");
        assertThat(first.cache("cities").getName()).isEqualTo("cities");
    }

    @Test
    void cacheable_isCalledOnceForBothNodes() {
        int before = second.cities().calls();
        assertThat(first.cities().find(name)).isEqualTo(City.of(name));
        assertThat(second.cities().find(name)).isEqualTo(City.of(name));
        assertThat(second.cities().calls()).as("calls on the second node").isEqualTo(before);
    }

    @Test
    void keyOfSeveralParts_isFoundByTheOtherNode() {
        int distance = first.cities().distance(name, "Lisbon");
        int before = second.cities().calls();
        assertThat(second.cities().distance(name, "Lisbon")).isEqualTo(distance);
        assertThat(second.cities().calls()).isEqualTo(before);
    }

    @Test
    void put_isSeenByTheOtherNode() {
        second.cities().find(name);
        City larger = new City(name, 1000);
        first.cities().save(larger);
        assertThat(first.cities().find(name)).isEqualTo(larger);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(second.cities().find(name)).isEqualTo(larger));
    }

    @Test
    void evict_isSeenByTheOtherNode() {
        first.cities().find(name);
        second.cities().find(name);
        int before = second.cities().calls();
        first.cities().forget(name);
        await().atMost(LONG).untilAsserted(() -> {
            second.cities().find(name);
            assertThat(second.cities().calls()).isEqualTo(before + 1);
        });
    }

    @Test
    void evictOfAllEntries_isSeenByTheOtherNode() {
        first.cities().find(name);
        second.cities().find(name);
        int before = second.cities().calls();
        first.cities().forgetAll();
        await().atMost(LONG).untilAsserted(() -> {
            second.cities().find(name);
            assertThat(second.cities().calls()).isEqualTo(before + 1);
        });
    }

    @Test
    void nothing_isRememberedForBothNodes() {
        assertThat(first.cities().findNothing(name)).isNull();
        int before = first.cities().calls() + second.cities().calls();
        assertThat(first.cities().findNothing(name)).isNull();
        assertThat(second.cities().findNothing(name)).isNull();
        assertThat(first.cities().calls() + second.cities().calls()).isEqualTo(before);
    }

    /** Spring loads within an entry processor, which each node may run for itself; the one that comes later sees the other's value. */
    @Test
    void sync_isCalledOnceForAllThreadsOfANode() throws Exception {
        int ofFirst = first.cities().calls();
        int ofSecond = second.cities().calls();
        CountDownLatch together = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<City>> answers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                Cities cities = (i % 2 == 0 ? first : second).cities();
                Callable<City> call = () -> {
                    together.await();
                    return cities.findOnce(name);
                };
                answers.add(threads.submit(call));
            }
            together.countDown();
            for (Future<City> answer : answers) {
                assertThat(answer.get()).isEqualTo(City.of(name));
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(first.cities().calls()).isBetween(ofFirst, ofFirst + 1);
        assertThat(second.cities().calls()).isBetween(ofSecond, ofSecond + 1);
    }

    @Test
    void annotationsOfTheStandard_areCarriedOutBySpring() {
        int before = second.standard().calls();
        assertThat(first.standard().find(name)).isEqualTo(City.of(name));
        assertThat(second.standard().find(name)).isEqualTo(City.of(name));
        assertThat(second.standard().calls()).isEqualTo(before);

        City larger = new City(name, 1000);
        first.standard().save(name, larger);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(second.standard().find(name)).isEqualTo(larger));
        first.standard().forget(name);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(second.standard().find(name)).isEqualTo(City.of(name)));
        first.standard().save(name, larger);
        first.standard().forgetAll();
        assertThat(first.standard().find(name)).isEqualTo(City.of(name));
    }

    @Test
    void bothKindsOfAnnotations_haveTheSameKeys() {
        City larger = new City(name, 1000);
        first.cities().save(larger);
        assertThat(first.standard().find(name)).isEqualTo(larger);
    }

    /** Without {@code codec.allow} a node decodes what it has put itself; what it does not trust is a miss. */
    @Test
    void classesThatAreNotAllowed_areAMissOnTheOtherNode() throws IOException {
        first.cities().find(name);
        try (BootNode third = node()) {
            assertThat(third.cities().find(name)).isEqualTo(City.of(name));
            assertThat(third.cities().calls()).isEqualTo(1);
        }
    }

    /** Boot creates caches by code, so that no template holds for them. */
    @Test
    void timeToLive_isThatOfTheFile_andWithoutOneThereIsNone() {
        first.cities().distance(name, "Porto");
        first.cities().find(name);
        assertThat(millisToLive("distances")).isNotEmpty().allMatch(millis -> millis > 0 && millis <= 30_000);
        assertThat(millisToLive("cities")).isNotEmpty().containsOnly(-1L);
    }

    private static List<Long> millisToLive(String cache) {
        List<?> keys = (List<?>) redis.call("KEYS", "{atlas~*}:e:" + cache + ":*");
        return keys.stream().map(key -> (Long) redis.call("PTTL", key)).toList();
    }

    @Test
    void actuator_countsHits() {
        first.cities().find(name);
        first.cities().find(name);
        MeterRegistry registry = first.bean(MeterRegistry.class);
        assertThat(registry.get("cache.gets")
                        .tags("cache", "cities", "result", "hit")
                        .functionCounter()
                        .count())
                .isGreaterThanOrEqualTo(1);
    }
}
