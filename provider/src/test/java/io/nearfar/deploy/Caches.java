package io.nearfar.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.NearfarManager;
import io.nearfar.spi.NearfarCachingProvider;
import java.time.Duration;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;

/** An application of the prefix {@code shop}, or of the application that further settings name. */
final class Caches {
    private Caches() {}

    /** Waits until caches over that address work, and the server's figures show nothing unfit. */
    static void assertWork(String address, String... further) {
        Properties settings = new Properties();
        settings.setProperty("nearfar.address", address);
        settings.setProperty("nearfar.deadline", "9s");
        settings.setProperty("nearfar.connect-timeout", "5s");
        settings.setProperty("nearfar.start", "require");
        for (int i = 0; i < further.length; i += 2) {
            settings.setProperty(further[i], further[i + 1]);
        }
        if (!settings.containsKey("nearfar.application")) {
            settings.setProperty("nearfar.prefix", "shop");
        }
        await().atMost(Duration.ofSeconds(60)) // a busy machine may need longer for a connection than one start takes
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .ignoreExceptionsMatching(e -> String.valueOf(e.getMessage()).contains("cannot be reached"))
                .untilAsserted(() -> assertWork(settings));
    }

    private static void assertWork(Properties settings) {
        try (NearfarCachingProvider provider = new NearfarCachingProvider();
                CacheManager manager = provider.getCacheManager(null, null, settings)) {
            Cache<String, String> cache = manager.createCache("towns", new MutableConfiguration<>());
            for (int i = 0; i < 10; i++) {
                cache.put("k" + i, "v");
                assertThat(cache.get("k" + i)).isEqualTo("v");
            }
            assertThat(manager.unwrap(NearfarManager.class).health().warnings()).isEmpty();
        }
    }
}
