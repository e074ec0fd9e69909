package io.nearfar.cdi.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.NearfarConfiguration;
import io.nearfar.NearfarManager;
import io.nearfar.cdi.cache.ApplicationManager;
import io.nearfar.cdi.nodes.LocalRedis;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What MicroProfile Health is told, in Weld. */
@Timeout(120)
class ReadinessCheckTest {
    @AfterEach
    void unset() {
        System.getProperties().keySet().removeIf(key -> String.valueOf(key).startsWith("nearfar."));
    }

    private static SeContainer container() {
        return SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new StatusExtension())
                .addBeanClasses(Plain.class)
                .initialize();
    }

    /** Weld starts no container without a bean. */
    static class Plain {}

    private static HealthCheckResponse asked(SeContainer container) {
        return container
                .select(HealthCheck.class, Readiness.Literal.INSTANCE)
                .get()
                .call();
    }

    private static Map<String, Object> data(HealthCheckResponse response) {
        return response.getData().orElseThrow();
    }

    @Test
    void withoutAServer_isReady() {
        try (SeContainer container = container()) {
            HealthCheckResponse response = asked(container);
            assertThat(response.getName()).isEqualTo("nearfar");
            assertThat(response.getStatus()).isEqualTo(Status.UP);
            assertThat(data(response)).containsEntry("state", "no_far_tier").containsEntry("degraded", false);
        }
    }

    /** An outage of Redis must not take every node out of service, nor start any of them anew. */
    @Test
    void serverThatIsGone_leavesItReady_andDegraded() throws Exception {
        LocalRedis redis = LocalRedis.start();
        try (SeContainer container = containerOf(redis);
                ApplicationManager application =
                        new ApplicationManager(Thread.currentThread().getContextClassLoader())) {
            NearfarManager manager = application.manager();
            manager.createCache("prices", new NearfarConfiguration<String, String>().setOutage("closed"));
            manager.createCache("news", new NearfarConfiguration<String, String>().setOutage("open"));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> data(asked(container)).get("state").equals("up"));
            assertThat(asked(container).getStatus()).isEqualTo(Status.UP);
            assertThat(data(asked(container))).doesNotContainKey("fail_closed");
            redis.close();

            HealthCheckResponse response = asked(container);
            assertThat(response.getStatus()).isEqualTo(Status.UP);
            assertThat(data(response))
                    .containsEntry("state", "down")
                    .containsEntry("degraded", true)
                    .containsEntry("fail_closed", "prices");
            assertThat(container
                            .select(HealthCheck.class, Liveness.Literal.INSTANCE)
                            .isUnsatisfied())
                    .isTrue();
        } finally {
            redis.close();
        }
    }

    private static SeContainer containerOf(LocalRedis redis) {
        System.setProperty("nearfar.address", redis.address());
        System.setProperty("nearfar.prefix", "ready-" + UUID.randomUUID());
        System.setProperty("nearfar.deadline", "5s");
        return container();
    }

    @Test
    void strict_isNotReadyWhileTheServerIsAway() throws Exception {
        System.setProperty("nearfar.health.strict", "true");
        LocalRedis redis = LocalRedis.start();
        try (SeContainer container = containerOf(redis)) {
            assertThat(asked(container).getStatus()).isEqualTo(Status.UP);
            redis.close();
            try (ApplicationManager application =
                    new ApplicationManager(Thread.currentThread().getContextClassLoader())) {
                application.manager().connect();
                assertThat(asked(container).getStatus()).isEqualTo(Status.DOWN);
                assertThat(data(asked(container))).containsEntry("state", "down");
            }
        } finally {
            redis.close();
        }
    }

    @Test
    void settingsThatCannotBeRead_leaveItReady() {
        System.setProperty("nearfar.health.strict", "perhaps");
        try (SeContainer container = container()) {
            HealthCheckResponse response = asked(container);
            assertThat(response.getStatus()).isEqualTo(Status.UP);
            assertThat(data(response)).containsEntry("state", "unknown");
            assertThat(String.valueOf(data(response).get("message"))).contains("nearfar.health.strict");
        }
    }
}
