package io.nearfar.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RespClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client with its cookie meets on two Tomcats. */
class SessionsTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static RealRedis redis;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void start() {
        redis = RealRedis.start();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    private static Node node(boolean sticky) throws Exception {
        return new Node(folder, "redis://" + redis.host(), manager -> manager.setSticky(sticky));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void session_isTheSameOnBothNodes_andChangesOfAttributesAreSeen(boolean sticky) throws Exception {
        try (Node one = node(sticky);
                Node two = node(sticky)) {
            Node.Browser browser = new Node.Browser();
            one.ask(browser, "open");
            assertThat(one.ask(browser, "add?item=tea")).isEqualTo("[tea]");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(two.ask(browser, "look")).isEqualTo("[tea]"));
            assertThat(two.ask(browser, "add?item=milk")).isEqualTo("[tea, milk]");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(one.ask(browser, "look")).isEqualTo("[tea, milk]"));
        }
    }

    @Test
    void notSticky_eachRequestSeesTheOneBeforeIt_whicheverNodeHadThat() throws Exception {
        try (Node one = node(false);
                Node two = node(false)) {
            Node.Browser browser = new Node.Browser();
            one.ask(browser, "open");
            for (int i = 0; i < 20; i++) {
                Node next = i % 2 == 0 ? two : one;
                next.ask(browser, "add?item=" + i);
            }
            assertThat(one.ask(browser, "look")).endsWith("17, 18, 19]").startsWith("[0, 1, 2, 3,");
        }
    }

    @Test
    void notSticky_aNodeWaitsUntilTheOtherIsDoneWithTheSession() throws Exception {
        try (Node one = node(false);
                Node two = node(false)) {
            Node.Browser browser = new Node.Browser();
            one.ask(browser, "open");
            CompletableFuture<String> slow = one.asked(browser, "slow?item=first");
            one.servlet().awaitSlow();
            CompletableFuture<String> second = two.asked(browser, "add?item=second");
            assertThat(one.ask(browser, "add?item=beside")).isEqualTo("[first, beside]");
            assertThat(second).isNotDone();
            one.servlet().release();
            assertThat(slow.get()).isEqualTo("[first, beside]");
            assertThat(second.get()).isEqualTo("[first, beside, second]");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void logOut_endsTheSessionOnTheNodeThatHasACopy(boolean sticky) throws Exception {
        try (Node one = node(sticky);
                Node two = node(sticky)) {
            Node.Browser browser = new Node.Browser();
            one.ask(browser, "open");
            Node.Browser thief = browser.copy();
            two.ask(browser, "log-in");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(one.ask(thief, "look")).isEqualTo("no session"));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(one.ask(browser, "look")).isEqualTo("[]"));
            Node.Browser late = browser.copy();
            two.ask(browser, "log-out");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(one.ask(late, "look")).isEqualTo("no session"));
            assertThat(two.ended()).containsExactly(late.session());
        }
    }

    @Test
    void requestThatEndsAfterTheLogOut_bringsNothingBack() throws Exception {
        try (Node one = node(true);
                Node two = node(true)) {
            Node.Browser browser = new Node.Browser();
            one.ask(browser, "open");
            CompletableFuture<String> slow = one.asked(browser, "slow?item=late");
            one.servlet().awaitSlow();
            Node.Browser copy = browser.copy();
            two.ask(browser, "log-out");
            one.servlet().release();
            slow.get();
            assertThat(one.ask(copy, "look")).isEqualTo("no session");
            assertThat(two.ask(copy, "look")).isEqualTo("no session");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void session_livesInRedisForItsTimeWithoutARequest_fromTheLastOneOn(boolean sticky) throws Exception {
        try (Node one = node(sticky)) {
            Node.Browser browser = new Node.Browser();
            one.ask(browser, "open");
            one.ask(browser, "limit?item=100");
            String key = key(browser);
            redis.call("PEXPIRE", key, "50000");
            assertThat(millisLeft(key)).isBetween(1L, 50_000L);
            one.ask(browser, "limit?item=1000");
            assertThat(millisLeft(key)).isBetween(900_000L, 1_000_000L);
        }
    }

    @Test
    void session_thatNobodyAsksFor_endsOnTheNodeThatHasIt_andItsListenersAreTold() throws Exception {
        try (Node one = node(true)) {
            Node.Browser browser = new Node.Browser();
            one.ask(browser, "open");
            one.ask(browser, "limit?item=1");
            await().atMost(SOON).untilAsserted(() -> {
                one.manager().processExpires();
                assertThat(one.ended()).containsExactly(browser.session());
            });
            assertThat(one.ask(browser, "look")).isEqualTo("no session");
        }
    }

    @Test
    void sticky_redisThatHasLostAllData_costsNoSessionOfARunningNode() throws Exception {
        try (Node one = node(true)) {
            Node.Browser browser = new Node.Browser();
            one.ask(browser, "open");
            one.ask(browser, "add?item=tea");
            redis.call("FLUSHALL");
            await().during(Duration.ofSeconds(2))
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(one.ask(browser, "look")).isEqualTo("[tea]"));
        }
    }

    @Test
    void attributeThatMayNotBeStored_staysOnItsNode_andTheRequestIsServed() throws Exception {
        try (Node one = node(true)) {
            Node.Browser browser = new Node.Browser();
            one.ask(browser, "open");
            assertThat(one.ask(browser, "refused?item=tea")).isEqualTo("[]");
            assertThat(one.ask(browser, "add?item=milk")).isEqualTo("[milk]");
            assertThat(one.ask(browser, "look")).isEqualTo("[milk]");
        }
    }

    private static String key(Node.Browser browser) {
        return ((List<?>) redis.call("KEYS", "*" + browser.session() + "*"))
                .stream()
                        .map(RespClient::text)
                        .filter(key -> !key.contains("_locks"))
                        .findFirst()
                        .orElseThrow();
    }

    private static long millisLeft(String key) {
        return (Long) redis.call("PTTL", key);
    }
}
