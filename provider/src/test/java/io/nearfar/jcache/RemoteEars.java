package io.nearfar.jcache;

import static org.awaitility.Awaitility.await;

import io.nearfar.Metric;
import io.nearfar.NearfarManager;
import io.nearfar.testing.Application;
import java.time.Duration;
import java.util.List;
import javax.cache.Cache;

/** What tests of listeners on other nodes wait for. */
final class RemoteEars {
    static final String PROBE = "probe";

    private static final Duration SOON = Duration.ofSeconds(30);

    private RemoteEars() {}

    /** Waits until the other node knows that somebody listens, and has told all that it did before. */
    static void awaitHeard(Cache<String, String> writer, RecordingListener... listeners) {
        for (RecordingListener each : listeners) {
            each.told.clear(); // what its own node did tells nothing of what the writer knows
            await().atMost(SOON).until(() -> {
                writer.put(PROBE, "probed");
                return each.told.stream().anyMatch(told -> told.contains(PROBE));
            });
        }
        fence(writer, listeners);
        for (RecordingListener each : listeners) {
            each.told.clear();
            each.threads.clear();
        }
    }

    /** All that the writer has done before is heard; on a cluster, of the keys in the partition of the probe. */
    static void fence(Cache<String, String> writer, RecordingListener... listeners) {
        String fence = "fence" + System.nanoTime();
        writer.put(PROBE, fence);
        for (RecordingListener each : listeners) {
            await().atMost(SOON).until(() -> each.told.stream().anyMatch(told -> told.endsWith(fence)));
        }
    }

    static List<String> heard(RecordingListener listener) {
        return listener.told.stream().filter(told -> !told.contains(PROBE)).toList();
    }

    static double lost(Application application) {
        return application.manager().unwrap(NearfarManager.class).meters().stream()
                .filter(meter -> meter.metric() == Metric.CACHE_LOST_EVENTS)
                .mapToDouble(meter -> meter.value())
                .sum();
    }
}
