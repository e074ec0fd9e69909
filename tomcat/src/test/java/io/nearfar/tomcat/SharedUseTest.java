package io.nearfar.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.testing.CapturedLog;
import io.nearfar.testing.RealRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.catalina.authenticator.NonLoginAuthenticator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that several requests use, or that go by another id, and what cannot be written of them. */
@Timeout(120)
class SharedUseTest {
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

    @BeforeEach
    void refuse() {
        Stubborn.refuse(true);
    }

    private static Node node(boolean sticky) throws Exception {
        return new Node(folder, redis.address(), manager -> {
            manager.setSticky(sticky);
            manager.setLockWait(600); // what waits for another node in vain does not pass
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void attributeThatCannotBeWritten_isServed_andHoldsTheSessionNoLongerThanItIsThere(boolean sticky)
            throws Exception {
        try (Node one = node(sticky);
                Node two = node(sticky)) {
            Node.Browser browser = new Node.Browser();
            one.ask(browser, "open");
            assertThat(one.ask(browser, "stubborn")).isEqualTo("[]");
            assertThat(two.ask(browser, "look")).isEqualTo("[]");
            Stubborn.refuse(false);
            one.manager().backgroundProcess();
            assertThat(one.ask(browser, "add?item=tea")).isEqualTo("[tea]");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(two.ask(browser, "look")).isEqualTo("[tea]"));
            two.ask(browser, "add?item=milk");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(one.ask(browser, "look")).isEqualTo("[tea, milk]"));
        }
    }

    @Test
    void changeThatCouldNotBeStored_isStoredWhenTheNodeStops() throws Exception {
        try (Node one = node(true);
                Node two = node(true)) {
            Node.Browser browser = new Node.Browser();
            one.ask(browser, "open");
            one.ask(browser, "stubborn");
            one.ask(browser, "add?item=tea");
            Stubborn.refuse(false);
            one.close();
            assertThat(two.ask(browser, "look")).isEqualTo("[tea]");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void changeAfterAnotherRequestHasStoredTheSession_isStoredToo(boolean sticky) throws Exception {
        try (Node one = node(sticky);
                Node two = node(sticky)) {
            Node.Browser browser = new Node.Browser();
            one.ask(browser, "open");
            CompletableFuture<String> late = one.asked(browser, "late?item=late");
            one.servlet().awaitSlow();
            assertThat(one.ask(browser, "add?item=beside")).isEqualTo("[beside]");
            one.servlet().release();
            late.get();
            assertThat(two.ask(browser, "look")).isEqualTo("[beside, late]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"log-in-slow?item=first", "open-slow?item=first"})
    void newId_isKeptFromOtherNodesUntilItsRequestIsOver(String path) throws Exception {
        try (Node one = node(false);
                Node two = node(false)) {
            Node.Browser browser = new Node.Browser();
            if (path.startsWith("log-in")) {
                one.ask(browser, "open");
            }
            CompletableFuture<String> slow = one.asked(browser, path);
            one.servlet().awaitSlow();
            CompletableFuture<String> second = two.asked(one.servlet().waiting(), "add?item=second");
            assertThat(one.ask(one.servlet().waiting(), "add?item=beside")).isEqualTo("[beside]");
            assertThat(second).isNotDone();
            one.servlet().release();
            slow.get();
            assertThat(second.get()).isEqualTo("[beside, first, second]");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sessionAfterOneThatWasInvalidated_hasAnotherId_alsoWhereTheCookieIsForAllApplications(boolean sticky)
            throws Exception {
        try (Node one = new Node(
                        folder,
                        redis.address(),
                        "localhost",
                        manager -> manager.setSticky(sticky),
                        context -> context.setSessionCookiePath("/"));
                Node two = node(sticky)) {
            Node.Browser browser = new Node.Browser();
            one.ask(browser, "open");
            one.ask(browser, "add?item=tea");
            Node.Browser old = browser.copy();
            assertThat(one.ask(browser, "again")).isEqualTo("[]");
            assertThat(browser.session()).isNotEqualTo(old.session());
            assertThat(two.ask(browser, "look")).isEqualTo("[]");
            assertThat(two.ask(old, "look")).isEqualTo("no session");
            assertThat(one.manager().createSession(old.session()).getId()).isNotEqualTo(old.session());
        }
    }

    @Test
    void rootsOfTwoHosts_haveSessionsOfTheirOwn() throws Exception {
        try (Node one = new Node(folder, redis.address(), "a.example", manager -> {}, context -> {});
                Node two = new Node(folder, redis.address(), "b.example", manager -> {}, context -> {})) {
            Node.Browser browser = new Node.Browser();
            one.ask(browser, "open");
            assertThat(one.ask(browser, "look")).isEqualTo("[]");
            assertThat(two.ask(browser, "look")).isEqualTo("no session");
        }
    }

    @Test
    void personWhoHasSignedIn_isKnownOnTheOtherNodeWithRoles_ifThatIsToBeStored() throws Exception {
        try (Node one = new Node(folder, redis.address(), manager -> manager.setPersistAuthentication(true));
                Node two = new Node(folder, redis.address(), manager -> manager.setPersistAuthentication(true))) {
            Node.Browser browser = new Node.Browser();
            one.ask(browser, "open");
            assertThat(two.ask(browser, "who")).isEqualTo("null false false");
            one.ask(browser, "sign-in");
            assertThat(one.ask(browser, "who")).isEqualTo("ann true false");
            assertThat(two.ask(browser, "who")).isEqualTo("ann true false");
        }
        try (Node one = node(true);
                Node two = node(true)) {
            Node.Browser browser = new Node.Browser();
            one.ask(browser, "open");
            one.ask(browser, "sign-in");
            assertThat(one.ask(browser, "who")).isEqualTo("ann true false");
            assertThat(two.ask(browser, "who")).isEqualTo("null false false");
        }
    }

    @Test
    void attributeThatIsFilteredOut_staysOnItsNode_alsoWhenAnotherChangesTheSession() throws Exception {
        try (Node one = new Node(folder, redis.address(), manager -> manager.setSessionAttributeNameFilter("basket"));
                Node two = node(true)) {
            Node.Browser browser = new Node.Browser();
            one.ask(browser, "open");
            one.ask(browser, "note?item=here");
            assertThat(two.ask(browser, "read-note")).isEqualTo("null");
            two.ask(browser, "add?item=tea");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(one.ask(browser, "look")).isEqualTo("[tea]"));
            assertThat(one.ask(browser, "read-note")).isEqualTo("here");
        }
    }

    @Test
    void copyOfASessionWithoutALimit_isDroppedBeforeTheMarkWouldBe_unlessItIsInUse() throws Exception {
        try (Node one = node(true);
                Node two = node(true)) {
            Node.Browser browser = new Node.Browser();
            one.ask(browser, "open");
            one.ask(browser, "limit?item=-1");
            one.age(SessionExpiry.MARK.dividedBy(3));
            one.manager().processExpires();
            assertThat(one.manager().getActiveSessions()).isOne();
            one.age(SessionExpiry.MARK.dividedBy(2));
            one.manager().processExpires();
            assertThat(one.manager().getActiveSessions()).isZero();
            assertThat(one.ended()).isEmpty();
            assertThat(one.ask(browser, "look")).isEqualTo("[]");
            assertThat(two.ask(browser, "look")).isEqualTo("[]");
        }
    }

    @Test
    void authenticatorBeforeTheManager_isTold() throws Exception {
        try (CapturedLog log = new CapturedLog();
                Node one = new Node(
                        folder,
                        redis.address(),
                        "localhost",
                        manager -> {},
                        context -> context.getPipeline().addValve(new NonLoginAuthenticator()))) {
            assertThat(one.ask(new Node.Browser(), "open")).isEqualTo("[]");
            assertThat(log.lines("NF0953")).hasSize(1).first().asString().contains("NonLoginAuthenticator");
        }
    }
}
