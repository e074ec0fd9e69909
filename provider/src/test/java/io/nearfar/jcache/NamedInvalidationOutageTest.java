package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.nearfar.EntryExplanation;
import io.nearfar.EntryOptions;
import io.nearfar.FarTierUnavailableException;
import io.nearfar.InvalidationDeclaration;
import io.nearfar.InvalidationReport;
import io.nearfar.NearfarCache;
import io.nearfar.NearfarManager;
import io.nearfar.Tier;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import io.nearfar.testing.CapturedLog;
import io.nearfar.testing.RealRedis;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Invalidations by name while Redis is away. */
@Timeout(120)
class NamedInvalidationOutageTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final RealRedis redis = RealRedis.start();
    private final Application application = Application.in(
            Mode.TIERED,
            "nearfar.address",
            redis.address(),
            "nearfar.invalidation.user.parameters",
            "id",
            "nearfar.invalidation.user.caches",
            "open, closed",
            "nearfar.invalidation.user.tags",
            "user:{id}",
            "nearfar.invalidation.user.patterns",
            "user:{id}:*",
            "nearfar.cache.closed.outage",
            "closed");
    private final NearfarManager manager = application.manager().unwrap(NearfarManager.class);

    @AfterEach
    void stop() {
        application.close();
        redis.close();
    }

    private NearfarCache<String, String> cache(String name) {
        NearfarCache<String, String> cache = application.cache(name, new MutableConfiguration<String, String>());
        cache.put("k", "v", EntryOptions.NONE.withTags("user:7"));
        cache.put("user:7:a", "v");
        return cache;
    }

    @Test
    void outage_cacheThatFailsClosed_throws_andTheOtherIsInvalidatedAllTheSame() {
        NearfarCache<String, String> open = cache("open");
        cache("closed");
        redis.kill();

        assertThatThrownBy(() -> manager.invalidate("user", 7)).isInstanceOf(FarTierUnavailableException.class);

        assertThat(open.get("k")).isNull();
        assertThat(open.get("user:7:a")).isNull();
    }

    /** Each part of it is tried in the cache that fails: its tags, its key, its two walks. */
    @Test
    void outage_inACacheThatFailsClosed_eachPartIsTried() {
        application.cache("closed", new MutableConfiguration<String, String>().setTypes(String.class, String.class));
        manager.declare(InvalidationDeclaration.of("parts")
                .withCaches("closed")
                .withTags("user:7")
                .withKeys("k")
                .withPrefixes("user:7")
                .withPatterns("x*"));
        redis.kill();

        Throwable told = catchThrowable(() -> manager.invalidate("parts"));

        assertThat(told).isInstanceOf(FarTierUnavailableException.class);
        assertThat(told.getSuppressed()).hasSize(3).allMatch(FarTierUnavailableException.class::isInstance);
    }

    /** Many tags go some at a time; those that follow ones that cannot be told are ended near as well. */
    @Test
    void outage_inACacheThatFailsClosed_allTagsAreEndedNear() {
        NearfarCache<String, String> closed = cache("closed");
        Set<String> tags = IntStream.range(0, 250).mapToObj(i -> "t" + i).collect(Collectors.toSet());
        tags.forEach(tag -> closed.put(tag, "v", EntryOptions.NONE.withTags(tag)));
        await().atMost(SOON)
                .until(() -> tags.stream()
                        .allMatch(tag ->
                                closed.get(tag) != null && closed.explain(tag).answers() == Tier.NEAR));
        redis.kill();

        assertThatThrownBy(() -> closed.invalidateTags(tags)).isInstanceOf(FarTierUnavailableException.class);

        assertThat(tags).allMatch(tag -> closed.explain(tag).near().state() == EntryExplanation.NearState.ABSENT);
    }

    /** What was written by others before, and comes back with the server, is ended then. */
    @Test
    void outage_cacheThatFailsOpen_isMadeUpFor() {
        NearfarCache<String, String> open = cache("open");
        redis.freeze();
        try {
            await().atMost(SOON).until(() -> isAway(open));
            assertThatThrownBy(() -> manager.invalidate("user", 7)).isInstanceOf(FarTierUnavailableException.class);
        } finally {
            redis.thaw();
        }

        await().atMost(SOON).ignoreException(FarTierUnavailableException.class).until(() -> {
            open.getAndPut("back", "v"); // which only the far tier answers
            return true;
        });
        assertThat(open.get("k")).isNull();
        assertThat(open.get("user:7:a")).isNull();
    }

    private static boolean isAway(NearfarCache<String, String> cache) {
        try {
            cache.putIfAbsent("k", "w");
            return false;
        } catch (FarTierUnavailableException e) {
            return true;
        }
    }

    @Test
    void outage_cacheThatIsNotOpen_isToldOnce_andThrowsOnlyIfItFailsClosed() {
        manager.connect();
        redis.kill();
        try (CapturedLog log = new CapturedLog()) {
            assertThatThrownBy(() -> manager.invalidate("user", 7)).isInstanceOf(FarTierUnavailableException.class);
            assertThatThrownBy(() -> manager.invalidate("user", 7)).isInstanceOf(FarTierUnavailableException.class);

            assertThat(log.lines("NF0515"))
                    .hasSize(1)
                    .allMatch(line -> line.contains("open: the far tier does not answer"));
        }
    }

    @Test
    void outage_onlyCachesThatFailOpenAndAreNotOpen_areMissing() {
        manager.declare(InvalidationDeclaration.of("one").withCaches("open").withTags("t"));
        manager.connect();
        redis.kill();

        InvalidationReport report = manager.invalidate("one");

        assertThat(report.caches()).isEmpty();
        assertThat(report.missing()).containsExactly("open");
    }
}
