package io.nearfar.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.testing.RealRedis;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node that is killed, and a Redis that does not answer. */
class SessionOutageTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nodeThatIsKilled_losesNoSession(boolean sticky) throws Exception {
        try (RealRedis redis = RealRedis.start()) {
            String address = "redis://" + redis.host();
            Process killed = start(address, sticky);
            try (Node other = new Node(folder, address, manager -> manager.setSticky(sticky))) {
                int port = port(killed);
                Node.Browser browser = new Node.Browser();
                browser.ask(port, "open");
                assertThat(browser.ask(port, "add?item=tea")).isEqualTo("[tea]");
                killed.destroyForcibly().waitFor();
                assertThat(other.ask(browser, "add?item=milk")).isEqualTo("[tea, milk]");
            } finally {
                killed.destroyForcibly().waitFor();
            }
        }
    }

    private Process start(String address, boolean sticky) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Node.class.getName(),
                        folder.toString(),
                        address,
                        String.valueOf(sticky))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static int port(Process node) throws IOException {
        BufferedReader said = new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8));
        String line = said.readLine();
        while (line != null && !line.startsWith("PORT ")) {
            line = said.readLine();
        }
        assertThat(line).as("what the node says of its port").isNotNull();
        return Integer.parseInt(line.substring(5));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void redisThatIsDown_stopsNoRequest_andSessionsAreSharedAgainAfterwards(boolean sticky) throws Exception {
        try (RealRedis redis = RealRedis.start();
                Node one = new Node(folder, "redis://" + redis.host(), manager -> manager.setSticky(sticky));
                Node two = new Node(folder, "redis://" + redis.host(), manager -> manager.setSticky(sticky))) {
            Node.Browser before = new Node.Browser();
            one.ask(before, "open");
            one.ask(before, "add?item=tea");
            redis.kill();
            assertThat(one.ask(before, "add?item=milk")).isEqualTo("[tea, milk]");
            Node.Browser meanwhile = new Node.Browser();
            one.ask(meanwhile, "open");
            assertThat(one.ask(meanwhile, "add?item=bread")).isEqualTo("[bread]");
            assertThat(two.ask(meanwhile, "look")).isEqualTo("no session");
            redis.restart();
            await().atMost(SOON).untilAsserted(() -> {
                one.manager().backgroundProcess();
                assertThat(two.ask(meanwhile, "look")).isEqualTo("[bread]");
                assertThat(two.ask(before, "look")).isEqualTo("[tea, milk]");
            });
        }
    }

    @Test
    void logOut_isNotUndoneByAChangeInAnOutage() throws Exception {
        try (RealRedis redis = RealRedis.start();
                Node one = new Node(folder, redis.address(), manager -> {});
                Node two = new Node(folder, redis.address(), manager -> {})) {
            Node.Browser browser = new Node.Browser();
            one.ask(browser, "open");
            CompletableFuture<String> slow = one.asked(browser, "slow?item=late");
            one.servlet().awaitSlow();
            two.ask(browser.copy(), "log-out");
            redis.freeze();
            one.servlet().release();
            assertThat(slow.get()).isEqualTo("[late]");
            redis.thaw();
            await().atMost(SOON).untilAsserted(() -> {
                one.manager().backgroundProcess();
                assertThat(one.ask(browser.copy(), "look")).isEqualTo("no session");
            });
            assertThat(two.ask(browser, "look")).isEqualTo("no session");
        }
    }

    @Test
    void sessionThatMayGoOnElsewhere_isNotToldToHaveEnded_whileNobodyKnows() throws Exception {
        try (RealRedis redis = RealRedis.start();
                Node one = new Node(folder, redis.address(), manager -> {})) {
            Node.Browser browser = new Node.Browser();
            one.ask(browser, "open");
            redis.kill();
            one.age(Duration.ofDays(1));
            one.manager().processExpires();
            assertThat(one.ended()).isEmpty();
            redis.restart();
            await().atMost(SOON).untilAsserted(() -> {
                one.manager().processExpires();
                assertThat(one.ended()).containsExactly(browser.session());
            });
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void redisThatIsDownAtTheStart_isNoReasonNotToStart(boolean sticky) throws Exception {
        String address;
        try (RealRedis redis = RealRedis.start()) {
            address = "redis://" + redis.host();
        }
        try (Node one = new Node(folder, address, manager -> manager.setSticky(sticky))) {
            Node.Browser browser = new Node.Browser();
            one.ask(browser, "open");
            assertThat(one.ask(browser, "add?item=tea")).isEqualTo("[tea]");
        }
    }
}
