package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import java.lang.management.ManagementFactory;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thousand caches share what they need. */
@Timeout(180)
class ManyCachesTest {
    private static final int CACHES = 1_000;

    /** What the manager's caches share may start with the first of them, and a thread or two of the JVM may come. */
    private static final int FEW = 20;

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    @Test
    void caches_byTheThousand_costNoThreadEach() {
        try (Application application = Application.in(Mode.TIERED)) {
            CacheManager manager = application.manager();
            int before = threads();
            for (int i = 0; i < CACHES; i++) {
                Cache<String, String> cache = manager.createCache(
                        "many" + i,
                        new MutableConfiguration<String, String>()
                                .addCacheEntryListenerConfiguration(new RecordingListener().configured(true, true)));
                cache.put("k", "v");
                assertThat(cache.get("k")).isEqualTo("v");
            }
            assertThat(threads() - before).isLessThan(FEW);
        }
    }
}
