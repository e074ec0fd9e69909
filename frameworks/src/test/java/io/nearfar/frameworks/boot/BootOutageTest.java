package io.nearfar.frameworks.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.testing.RealRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Methods go on to answer while Redis is away, with the settings that nobody has changed. */
@Timeout(120)
class BootOutageTest {
    @TempDir
    Path folder;

    private static List<String> settings(String address, String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "nearfar.address = " + address,
                "nearfar.application = atlas",
                "nearfar.codec.allow = io.nearfar.frameworks.boot.*, @spring"));
        settings.addAll(List.of(more));
        return settings;
    }

    @Test
    void methods_answerWhileRedisIsAway_andShareAfterwards() throws Exception {
        try (RealRedis redis = RealRedis.start();
                BootNode first = BootNode.start(folder, settings(redis.address()));
                BootNode second = BootNode.start(folder, settings(redis.address()))) {
            first.cities().find("Lisbon");
            redis.kill();
            assertThat(first.cities().find("Lisbon")).isEqualTo(City.of("Lisbon"));
            assertThat(first.cities().find("Porto")).isEqualTo(City.of("Porto"));
            assertThat(first.standard().find("Braga")).isEqualTo(City.of("Braga"));
            first.cities().forget("Porto");
            first.cities().forgetAll();

            redis.restart();
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                first.cities().find("Evora");
                int before = second.cities().calls();
                second.cities().find("Evora");
                assertThat(second.cities().calls()).isEqualTo(before);
            });
        }
    }

    /** Spring's sync is an entry processor, and so a change under a condition: what these do in an outage is a setting. */
    @Test
    void sync_failsWhileRedisIsAway_unlessTheNodeMayDecideAlone() throws Exception {
        try (RealRedis redis = RealRedis.start();
                BootNode strict = BootNode.start(folder, settings(redis.address()));
                BootNode lenient = BootNode.start(folder, settings(redis.address(), "nearfar.outage.atomic = local"))) {
            redis.kill();
            assertThatThrownBy(() -> strict.cities().findOnce("Faro")).isInstanceOf(FarTierUnavailableException.class);
            assertThat(lenient.cities().findOnce("Faro")).isEqualTo(City.of("Faro"));
        }
    }

    @Test
    void close_endsAllThreads() throws Exception {
        try (RealRedis redis = RealRedis.start()) {
            BootNode.start(folder, settings(redis.address())).close(); // what a first start leaves is not a node's
            Set<Thread> before = Thread.getAllStackTraces().keySet();
            try (BootNode node = BootNode.start(folder, settings(redis.address()))) {
                node.cities().find("Lisbon");
            }
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                            .filteredOn(thread -> !before.contains(thread)
                                    && !thread.getName().startsWith("awaitility"))
                            .isEmpty());
        }
    }

    @Test
    void application_startsWithoutRedis() throws Exception {
        String nobody = "redis://127.0.0.1:" + RealRedis.freePort();
        try (BootNode node = BootNode.start(folder, settings(nobody))) {
            assertThat(node.cities().find("Lisbon")).isEqualTo(City.of("Lisbon"));
        }
    }
}
