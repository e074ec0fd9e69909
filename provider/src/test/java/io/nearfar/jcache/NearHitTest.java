package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import java.lang.management.ManagementFactory;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A near hit of an immutable value is a look-up and nothing else: it makes no garbage. */
class NearHitTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int HITS = 200_000;

    /** Until the compiler has come to it, which shares the processors with others, a hit makes garbage. */
    private static final int ATTEMPTS = 1_000;

    @ParameterizedTest
    @CsvSource({"NEAR, false", "NEAR, true", "TIERED, false", "TIERED, true"})
    void get_thatHitsNear_allocatesNothing(Mode mode, boolean statistics) {
        try (Application application = Application.in(mode, "nearfar.near.ttl", "1h")) {
            Cache<String, String> cache =
                    application.cache(new MutableConfiguration<String, String>().setStatisticsEnabled(statistics));
            cache.put("k", "v");
            double bytes = Double.MAX_VALUE;
            for (int attempt = 0; attempt < ATTEMPTS && bytes > 0.5; attempt++) {
                bytes = bytesPerHit(cache);
            }
            assertThat(bytes).isLessThanOrEqualTo(0.5);
        }
    }

    private static double bytesPerHit(Cache<String, String> cache) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        int found = 0;
        for (int i = 0; i < HITS; i++) {
            found += cache.get("k").length();
        }
        assertThat(found).isEqualTo(HITS);
        return (double) (THREADS.getCurrentThreadAllocatedBytes() - before) / HITS;
    }
}
