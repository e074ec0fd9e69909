package io.nearfar.guides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nearfar.testing.RealRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pages of applications on servers: asked in a second terminal, first without a Redis, then over one. */
@Timeout(1800)
class ServerGuidesTest {
    private static final String CITY = "City[name=Lisbon, letters=6]";

    @TempDir
    Path folder;

    @Test
    void payaraMicro_asThePageStands_leadsToACachedMethod() throws Exception {
        int port = RealRedis.freePort();
        Map<String, String> options = Map.of(
                "JDK_JAVA_OPTIONS", "-Xmx512m -Dpayaramicro.port=" + port + " -Dpayaramicro.disablePhoneHome=true");
        check(
                Guide.of("getting-started", "Jakarta EE, on Payara Micro"),
                "localhost:8080",
                port,
                options,
                ") ready in ");
    }

    @Test
    void openLiberty_asThePageStands_leadsToACachedMethod() throws Exception {
        assumeTrue(Boolean.getBoolean("guides.servers"), "run under the profile servers");
        int port = RealRedis.freePort();
        Path overrides = folder.resolve("src/main/liberty/config/configDropins/overrides");
        Files.createDirectories(overrides);
        Files.writeString(overrides.resolve("ports.xml"), """
                <server>
                  <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%d" httpsPort="-1"/>
                </server>
                """.formatted(port));
        check(
                Guide.of("servers/open-liberty", "From nothing to a cached method"),
                "localhost:9080",
                port,
                Map.of(),
                "CWWKZ0001I",
                "CWWKF0011I");
    }

    private void check(Guide guide, String address, int port, Map<String, String> environment, String... ready)
            throws IOException, InterruptedException {
        List<String> commands = guide.commands();
        assertThat(commands).as("start, questions, start over Redis").hasSize(3);
        guide.writeFiles(folder);
        try (RealRedis redis = RealRedis.start()) {
            Map<String, String> addresses = Map.of(address, "localhost:" + port, "localhost:6379", redis.host());
            String near = shownWhenAsked(
                    commands.get(0),
                    commands.get(1),
                    new Terminal(folder, addresses, environment),
                    addresses,
                    List.of(ready));
            assertThat(near).contains("mode near");
            assertThat((List<?>) redis.call("KEYS", "*")).isEmpty();

            String tiered = shownWhenAsked(
                    commands.get(2),
                    commands.get(1),
                    new Terminal(folder, addresses, environment),
                    addresses,
                    List.of(ready));
            assertThat(tiered).contains("mode tiered");
            assertThat((List<?>) redis.call("KEYS", "{guide~*}:e:cities:*")).hasSize(1);
        }
    }

    private String shownWhenAsked(
            String start, String ask, Terminal server, Map<String, String> addresses, List<String> ready)
            throws IOException, InterruptedException {
        try (server) {
            server.start(start, ready);
            String answers = new Terminal(folder, addresses, Map.of()).run(ask);
            String log = server.shown();
            assertThat(times(CITY, answers)).as(log).isEqualTo(3);
            assertThat(times("asking for Lisbon", log)).as(log).isEqualTo(2);
            return server.shown();
        }
    }

    private static int times(String part, String text) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
