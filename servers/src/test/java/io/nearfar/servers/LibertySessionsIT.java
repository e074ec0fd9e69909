package io.nearfar.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.testing.RealRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Open Liberty's own caches over the provider, set up by its configuration alone. Run under the profile servers. */
class LibertySessionsIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    private static final String SERVER = "servers/defaultServer/";
    private static final String KEYS = "resources/security/ltpa.keys";

    /** Liberty's own, on JDK 25. */
    private static final String OF_NEW_JDK = "CWWKL0016W";

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
            assertThat(two.logged()).noneMatch(LibertySessionsIT::isTrouble);
        }
    }

    /** The second server has another password in its registry, so that it knows of the first one's only by the cache. */
    @Test
    void person_whoHasSignedInOnOneServer_isKnownToTheOtherByTheCache() throws Exception {
        try (RealRedis redis = RealRedis.start();
                ServerNode one = start("Authentication cache", "one", redis, true)) {
            await().atMost(SOON).until(() -> Files.exists(folder.resolve("one").resolve(SERVER + KEYS)));
            copy("one", "two", KEYS);
            Path overrides = folder.resolve("two").resolve(SERVER + "configDropins/overrides");
            Files.writeString(
                    Files.createDirectories(overrides).resolve("people.xml"),
                    "<server><basicRegistry id=\"people\"><user id=\"ann\" password=\"other\"/></basicRegistry></server>");
            try (ServerNode two = start("Authentication cache", "two", redis, true)) {
                assertThatThrownBy(() -> two.ask("who", ann())).hasMessageContaining("401");
                assertThat(one.ask("who", ann())).isEqualTo("ann");
                assertThat(two.ask("who", ann())).isEqualTo("ann");
            }
        }
    }

    private static boolean isTrouble(String line) {
        return (line.contains("[WARNING ]") && !line.contains(OF_NEW_JDK)) || line.contains("[ERROR   ]");
    }

    /** Without cookies. */
    private static Browser ann() {
        return new Browser().as("ann", "secret");
    }

    private void copy(String from, String to, String file) throws IOException {
        Path copied = folder.resolve(to).resolve(SERVER + file);
        Files.createDirectories(copied.getParent());
        Files.copy(folder.resolve(from).resolve(SERVER + file), copied);
    }

    private ServerNode start(String heading, String name, RealRedis redis, boolean secured)
            throws IOException, InterruptedException {
        return ServerNode.start(
                new Liberty(), heading, folder.resolve(name), "redis://" + redis.host(), new SessionWar(secured));
    }
}
