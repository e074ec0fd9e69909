package io.nearfar.cdi.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.NearfarManager;
import io.nearfar.cdi.cache.ApplicationManager;
import io.nearfar.cdi.nodes.LocalRedis;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a probe finds: without a server, on one that answers, and on one that is gone. */
@Timeout(120)
class ProbeTest {
    private final Probe probe = new Probe();

    @AfterEach
    void unset() {
        System.getProperties().keySet().removeIf(key -> String.valueOf(key).startsWith("nearfar."));
    }

    private static ApplicationManager application() {
        return new ApplicationManager(Thread.currentThread().getContextClassLoader());
    }

    private static List<String> steps(Map<String, Object> report, boolean ok) {
        return ((List<?>) report.get("steps"))
                .stream()
                        .map(step -> (Map<?, ?>) step)
                        .filter(step -> step.get("ok").equals(ok))
                        .map(step -> step.get("tier") + "." + step.get("step"))
                        .collect(Collectors.toList());
    }

    @Test
    void withoutAServer_theNearTierIsTried() {
        try (ApplicationManager application = application()) {
            Map<String, Object> report = probe.run(application.manager());
            assertThat(report).containsEntry("status", "ok").containsEntry("cache_working", true);
            assertThat(steps(report, true))
                    .containsExactly("near.open", "near.set", "near.get", "near.remove", "near.get_removed");
            assertThat(steps(report, false)).isEmpty();
            assertThat(application.manager().getCacheNames()).isEmpty();
        }
    }

    /** An outage, through which caches go on, is seen all the same; what was opened is closed. */
    @Test
    void serverThatIsGone_isSeen() throws Exception {
        LocalRedis redis = LocalRedis.start();
        System.setProperty("nearfar.address", redis.address());
        System.setProperty("nearfar.prefix", "probe-" + UUID.randomUUID());
        System.setProperty("nearfar.deadline", "5s");
        try (ApplicationManager application = application()) {
            NearfarManager manager = application.manager();
            manager.connect();
            await().atMost(Duration.ofSeconds(60)).until(() -> manager.health().isConnected());
            Map<String, Object> there = probe.run(manager);
            assertThat(there).containsEntry("status", "ok").containsEntry("values_match", true);
            assertThat(steps(there, true)).contains("far.set", "far.get", "far.remove", "near.set", "near.get");
            redis.close();

            Map<String, Object> gone = probe.run(manager);
            assertThat(gone)
                    .containsEntry("status", "failed")
                    .containsEntry("cache_working", false)
                    .containsEntry("test_value_set", false)
                    .containsEntry("test_value_retrieved", false)
                    .containsEntry("values_match", false);
            assertThat(steps(gone, false)).contains("far.set", "far.get", "far.remove");
            assertThat(manager.getCacheNames()).isEmpty();
        } finally {
            redis.close();
        }
    }
}
