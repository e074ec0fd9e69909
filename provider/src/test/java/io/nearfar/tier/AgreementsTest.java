package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.far.FarTier;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.CapturedLog;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes that share a prefix, on a real server; each looks every few milliseconds. */
@Timeout(120)
class AgreementsTest {
    private static RealRedis redis;
    private static final String PREFIX = "agreements";
    private static final String KEY = new Keyspace(PREFIX).termsKey("cities");
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Agreements.Pace QUICK = new Agreements.Pace(Duration.ofMillis(10), Duration.ofMillis(100));

    /** Looks once, and what it puts up outlives the test unless it is taken down. */
    private static final Agreements.Pace ONCE = new Agreements.Pace(Duration.ofMillis(10), Duration.ofMinutes(1));

    private final CapturedLog log = new CapturedLog();

    @BeforeAll
    static void startServer() {
        redis = RealRedis.start();
    }

    @AfterAll
    static void end() {
        redis.close();
    }

    @AfterEach
    void stop() {
        log.close();
        redis.flush();
    }

    /** A node of which nothing is open but what compares. */
    private static final class Comparing implements AutoCloseable {
        private final FarTier far = FarSetups.open(FarSetups.far(FarSetups.address(redis.host()), PREFIX));
        private final Threads threads = Threads.create();
        private final Agreements agreements;

        Comparing(Agreements.Pace pace) {
            agreements = new Agreements(far, threads.upkeep(), pace);
        }

        Comparing opens(String expiry) {
            agreements.opened("cities", new Terms(Map.of("expiry", expiry, "codec", "java")));
            return this;
        }

        /** As if the process had died: nothing is taken down. */
        void die() {
            threads.close();
            far.close();
        }

        @Override
        public void close() {
            agreements.close();
            die();
        }
    }

    private static void awaitPosted(String expiry) {
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(3)) // not in step with those who look
                .until(() -> redis.call("GET", KEY) instanceof byte[] posted
                        && new String(posted, StandardCharsets.UTF_8).contains(expiry));
    }

    @Test
    void nodes_withDifferentTerms_areBothToldOnce() {
        try (Comparing one = new Comparing(QUICK).opens("PT5M");
                Comparing other = new Comparing(QUICK).opens("PT1M")) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(log.lines("NF0406")).hasSize(2));
            // each has come by several times more
            for (int round = 0; round < 5; round++) {
                awaitPosted("PT5M");
                awaitPosted("PT1M");
            }
            assertThat(log.lines("NF0406")).hasSize(2);
            assertThat(log.lines("cities: expiry is PT5M here and PT1M on another node"))
                    .hasSize(1);
            assertThat(log.lines("cities: expiry is PT1M here and PT5M on another node"))
                    .hasSize(1);
            one.opens("PT5M");
            other.opens("PT1M");
        }
    }

    @Test
    void nodes_withEqualTerms_areToldNothing() {
        try (Comparing one = new Comparing(QUICK).opens("PT5M");
                Comparing other = new Comparing(QUICK).opens("PT5M")) {
            byte[] first = awaitAnother(null);
            byte[] second = awaitAnother(first);
            awaitAnother(second);
            assertThat(log.lines("NF0406")).isEmpty();
            one.opens("PT5M");
            other.opens("PT5M");
        }
    }

    /** Waits until somebody else than before has put up its terms. */
    private static byte[] awaitAnother(byte[] before) {
        return await().atMost(SOON)
                .until(
                        () -> (byte[]) redis.call("GET", KEY),
                        posted -> posted != null && !Arrays.equals(posted, before));
    }

    @Test
    void restart_onOtherTerms_isNoNews() {
        try (Comparing before = new Comparing(ONCE).opens("PT5M")) {
            awaitPosted("PT5M");
            before.agreements.closed("cities");
            await().atMost(SOON).until(() -> redis.call("EXISTS", KEY).equals(0L));
        }
        Comparing again = new Comparing(ONCE).opens("PT6M");
        awaitPosted("PT6M");
        again.close();
        assertThat(redis.call("EXISTS", KEY)).isEqualTo(0L);
        try (Comparing after = new Comparing(ONCE).opens("PT1M")) {
            awaitPosted("PT1M");
            after.opens("PT1M");
        }
        assertThat(log.lines("NF0406")).isEmpty();
    }

    /** A look that was due already would put up what nobody takes down, and the next start would be told of itself. */
    @Test
    void cache_openedWhileTheNodeCloses_isNotPutUp() throws Exception {
        try (FarTier far = FarSetups.open(FarSetups.far(FarSetups.address(redis.host()), PREFIX))) {
            ScheduledExecutorService upkeep = Executors.newSingleThreadScheduledExecutor();
            Agreements agreements = new Agreements(far, upkeep, ONCE);
            agreements.close();
            agreements.opened("cities", new Terms(Map.of("expiry", "PT5M")));
            upkeep.schedule(() -> {}, 50, TimeUnit.MILLISECONDS).get(); // after the look, by the same thread
            assertThat(redis.call("EXISTS", KEY)).isEqualTo(0L);
            upkeep.shutdownNow();
        }
    }

    @Test
    void nodeThatDied_isForgotten() {
        Comparing dead = new Comparing(Agreements.Pace.DEFAULT).opens("PT5M");
        awaitPosted("PT5M");
        dead.die();
        assertThat((Long) redis.call("PTTL", KEY)).isBetween(1L, 150_000L);
    }

    @Test
    void opened_inAnOutage_waitsForNobodyAndComparesAfterwards() {
        try (Comparing one = new Comparing(QUICK).opens("PT5M");
                Comparing other = new Comparing(QUICK)) {
            awaitPosted("PT5M");
            redis.freeze();
            long start = System.nanoTime();
            other.opens("PT1M");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(FarSetups.DEADLINE);
            redis.thaw();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(log.lines("expiry is PT1M here and PT5M on another node"))
                            .hasSize(1));
            one.opens("PT5M");
        }
    }
}
