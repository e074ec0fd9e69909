package io.nearfar.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.testing.RealRedis;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Open Liberty's own caches over the provider, set up by its configuration alone. Run under the profile servers. */
class LibertySessionsIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void session_survivesAChangeOfTheNode_andTheDeathOfOne() throws Exception {
        try (RealRedis redis = RealRedis.start();
                ServerNode one = start("HTTP sessions", "one", redis, false);
                ServerNode two = start("HTTP sessions", "two", redis, false)) {
            Browser browser = new Browser();
            assertThat(one.ask("add?item=tea", browser)).isEqualTo("[tea]");
            assertThat(two.ask("look", browser)).isEqualTo("[tea], tea");
            assertThat(two.ask("add?item=milk", browser)).isEqualTo("[tea, milk]");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(one.ask("look", browser)).isEqualTo("[tea, milk], milk"));
            assertThat(one.ask("add?item=bread", browser)).isEqualTo("[tea, milk, bread]");
            one.kill();
            assertThat(two.ask("look", browser)).isEqualTo("[tea, milk, bread], bread");
            two.ask("end", browser);
            assertThat(two.ask("look", browser)).isEqualTo("no session");
            assertThat(two.logged()).noneMatch(line -> line.contains("[WARNING ]") || line.contains("[ERROR   ]"));
        }
    }

    private ServerNode start(String heading, String name, RealRedis redis, boolean secured)
            throws IOException, InterruptedException {
        return ServerNode.start(
                new Liberty(), heading, folder.resolve(name), "redis://" + redis.host(), new SessionWar(secured));
    }
}
