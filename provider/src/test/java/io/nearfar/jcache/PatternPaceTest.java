package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.InvalidationPace;
import io.nearfar.NearfarCache;
import io.nearfar.NearfarConfiguration;
import io.nearfar.NearfarManager;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import io.nearfar.testing.RealRedis;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pace of walks over keys, as the settings say it. */
@Timeout(120)
class PatternPaceTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int ENTRIES = 300;

    private final RealRedis redis = RealRedis.start();

    @AfterEach
    void stop() {
        redis.close();
    }

    private Application application(String... further) {
        String[] settings = new String[further.length + 6];
        settings[0] = "nearfar.address";
        settings[1] = redis.address();
        settings[2] = "nearfar.invalidation.all.patterns";
        settings[3] = "k*";
        settings[4] = "nearfar.invalidation.all.caches";
        settings[5] = "cities";
        System.arraycopy(further, 0, settings, 6, further.length);
        return Application.in(Mode.FAR, settings);
    }

    /** Who walks over the keys without saying how fast. */
    private enum Way {
        CALL {
            @Override
            void walk(Application walker) {
                walker.<String, String>cache().invalidatePattern("k*");
            }
        },
        CODE {
            @Override
            void walk(Application walker) {
                walker.cache(new NearfarConfiguration<String, String>()
                                .setPatternsPageSize(100)
                                .setPatternsKeysPerSecond(1L))
                        .expirePrefix("k");
            }
        },
        NAMED {
            @Override
            void walk(Application walker) {
                walker.cache();
                walker.manager().unwrap(NearfarManager.class).invalidate("all");
            }
        },
        NAMED_NOT_OPEN {
            @Override
            void walk(Application walker) {
                walker.manager().unwrap(NearfarManager.class).invalidate("all");
            }
        };

        abstract void walk(Application walker);

        String[] settings() {
            return this == CODE
                    ? new String[0]
                    : new String[] {"nearfar.patterns.page-size", "100", "nearfar.patterns.keys-per-second", "1"};
        }
    }

    private long keys() {
        return (long) redis.call("DBSIZE");
    }

    /** After the first page the walk is so far ahead of its pace that it waits; without a pace it would come to its end. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void pace_ofTheSettings_holdsForWhoSaysNone(Way way) {
        try (Application application = application()) {
            NearfarCache<String, String> cache = application.cache();
            for (int i = 0; i < ENTRIES; i++) {
                cache.put("k" + i, "v");
            }
            long before = keys();
            CompletableFuture<Void> walk;
            try (Application walker = application.another(way.settings())) {
                walk = CompletableFuture.runAsync(() -> way.walk(walker), task -> new Thread(task).start());
                await().atMost(SOON).until(() -> keys() < before - 10);
            }
            walk.handle((nothing, broken) -> broken).join();
            assertThat(cache.startInvalidatingPattern("k*", InvalidationPace.DEFAULT)
                            .done()
                            .toCompletableFuture()
                            .join())
                    .as("left by the walk, which the closing has ended")
                    .isPositive();
        }
    }
}
