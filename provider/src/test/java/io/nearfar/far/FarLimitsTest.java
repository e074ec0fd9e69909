package io.nearfar.far;

import static io.nearfar.far.LimitCalls.ALL;
import static io.nearfar.far.LimitCalls.USER;
import static io.nearfar.far.LimitCalls.awaitReach;
import static io.nearfar.far.LimitCalls.calls;
import static io.nearfar.far.LimitCalls.decide;
import static io.nearfar.far.LimitCalls.reached;
import static io.nearfar.far.LimitCalls.used;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.Limit;
import io.nearfar.Quota;
import io.nearfar.config.FarSettings;
import io.nearfar.config.StartPolicy;
import io.nearfar.key.Keyspace;
import io.nearfar.limit.WindowModel;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RealRedis.Program;
import io.nearfar.testing.Relay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests counted by real servers, by several nodes. */
@Timeout(120)
class FarLimitsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final List<FarLimits> nodes = new ArrayList<>();
    private RealRedis redis;

    @BeforeEach
    void start() {
        redis = RealRedis.start();
        nodes.add(open(redis.host()));
        nodes.add(open(redis.host()));
    }

    @AfterEach
    void stop() {
        redis.thaw();
        nodes.forEach(FarLimits::close);
        redis.close();
    }

    private static FarLimits open(String host) {
        return reached(FarSetups.far(FarSetups.address(host), "limits"));
    }

    /** Without beats, so that only calls find out whether the server answers. */
    private static FarLimits hasty(String host, Duration deadline) {
        return reached(
                FarSetups.quiet(FarSetups.far(FarSetups.address(host), "limits", StartPolicy.DEFAULT, deadline)));
    }

    /**
     * Eight threads of two nodes at two users and a limit for all, as fast as they can, for some windows. The server's own
     * instants judge: whatever window is laid over them, it holds no more than the limit.
     */
    @Test
    void nodes_neverHaveMoreThanTheLimit() throws Exception {
        Limit user = new Limit("user", 30, Duration.ofMillis(100));
        Limit all = new Limit("all", 40, Duration.ofMillis(100));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Map<String, List<Long>>>> work = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                FarLimits node = nodes.get(thread % 2);
                Random random = new Random(thread);
                work.add(() -> contest(node, random, user, all));
            }
            Map<String, List<Long>> together = new HashMap<>();
            for (Future<Map<String, List<Long>>> done : threads.invokeAll(work)) {
                done.get()
                        .forEach((key, instants) -> together.computeIfAbsent(key, any -> new ArrayList<>())
                                .addAll(instants));
            }
            assertThat(together.get("")).hasSizeGreaterThan(80);
            assertThat(WindowModel.mostInAnyWindow(together.get(""), 100_000)).isEqualTo(40);
            assertThat(WindowModel.mostInAnyWindow(together.get("a"), 100_000)).isLessThanOrEqualTo(30);
            assertThat(WindowModel.mostInAnyWindow(together.get("b"), 100_000)).isLessThanOrEqualTo(30);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Map<String, List<Long>> contest(FarLimits node, Random random, Limit user, Limit all) {
        Map<String, List<Long>> admitted = new HashMap<>();
        for (int i = 0; i < 800; i++) {
            String key = random.nextInt(3) == 0 ? "b" : "a";
            Verdict verdict = decide(node, List.of(user.of(key), all.forAll()), 1, true);
            if (verdict.admitted()) {
                admitted.computeIfAbsent(key, any -> new ArrayList<>()).add(verdict.now());
                admitted.computeIfAbsent("", any -> new ArrayList<>()).add(verdict.now());
            }
        }
        return admitted;
    }

    /** Sixteen threads of a node at one user, as fast as they can: by few questions, and to the last permit. */
    @Test
    void threadsAtOneUser_askTogether_andHaveAllThatThereIs() throws Exception {
        Quota user = new Limit("user", 5_000, Duration.ofHours(1)).of("hot");
        long before = commands();
        List<Long> uses = together(() -> {
            List<Long> own = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                Verdict verdict = decide(nodes.get(0), List.of(user), 1, true);
                Standing standing = verdict.standings().get(0);
                if (verdict.admitted()) {
                    own.add(standing.used());
                } else {
                    assertThat(standing.used()).isEqualTo(5_000);
                    assertThat(standing.freeIn()).isPositive();
                }
            }
            return own;
        });
        assertThat(uses)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 5_000).boxed().toList());
        assertThat(commands() - before).isLessThan(16 * 500 / 2);
        assertThat(used(nodes.get(1), user)).isEqualTo(5_000);
    }

    /** Likewise of two nodes, for some windows: whatever window is laid over the server's instants, it holds no more than the limit. */
    @Test
    void threadsAtOneUser_neverHaveMoreThanTheLimit() throws Exception {
        Quota user = new Limit("user", 50, Duration.ofMillis(100)).of("hot");
        AtomicInteger thread = new AtomicInteger();
        List<Long> instants = together(() -> {
            FarLimits node = nodes.get(thread.getAndIncrement() % 2);
            List<Long> own = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                Verdict verdict = decide(node, List.of(user), 1, true);
                if (verdict.admitted()) {
                    own.add(verdict.now());
                }
            }
            return own;
        });
        assertThat(instants).hasSizeGreaterThan(100);
        assertThat(WindowModel.mostInAnyWindow(instants, 100_000)).isEqualTo(50);
    }

    private static List<Long> together(Callable<List<Long>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Long> all = new ArrayList<>();
            for (Future<List<Long>> done : threads.invokeAll(Collections.nCopies(16, work))) {
                all.addAll(done.get());
            }
            return all;
        } finally {
            threads.shutdownNow();
        }
    }

    /** One script does it all: nothing is charged in passing, and a denial can be believed. */
    @Test
    void denial_isNotFleeting() {
        assertThat(nodes.get(0)
                        .decide(List.of(USER.of("a"), ALL.forAll()), 1, true, System.nanoTime())
                        .fleeting())
                .isEmpty();
    }

    @Test
    void denial_chargesNone() {
        decide(nodes.get(0), List.of(USER.of("a"), ALL.forAll()), 3, true);
        assertThat(decide(nodes.get(1), List.of(ALL.forAll(), USER.of("a")), 1, true)
                        .admitted())
                .isFalse();
        assertThat(used(nodes.get(1), ALL.forAll())).isEqualTo(3);
        nodes.get(1).reset(USER.of("a"));
        assertThat(used(nodes.get(0), USER.of("a"))).isZero();
        assertThat(decide(nodes.get(0), List.of(USER.of("a")), 3, true).admitted())
                .isTrue();
    }

    @Test
    void decision_takesOneCommand() {
        try (FarLimits quiet = hasty(redis.host(), FarSetups.DEADLINE)) {
            nodes.forEach(FarLimits::close);
            decide(quiet, List.of(USER.of("a")), 3, true);
            assertThat(Math.min(commandsOfTwo(quiet), commandsOfTwo(quiet)))
                    .as("one of them is not disturbed by the only beat")
                    .isEqualTo(2);
        }
    }

    private long commandsOfTwo(FarLimits limits) {
        long before = commands();
        decide(limits, List.of(USER.of("a"), ALL.forAll(), ALL.of("tier")), 1, true);
        decide(limits, List.of(ALL.forAll(), ALL.of("tier")), 1, true);
        return commands() - before;
    }

    private long commands() {
        return calls(redis, "eval(sha)?");
    }

    /** Long and odd keys are told apart, and no other prefix meets them. */
    @Test
    void keys_areToldApart() {
        List<String> keys =
                List.of("", "a", "a:b", "x".repeat(5_000), "x".repeat(5_001), "#a", "\0", "\ud800", "\ud801", "{t}");
        for (String key : keys) {
            assertThat(decide(nodes.get(0), List.of(USER.of(key)), 1, true).standings())
                    .extracting(Standing::used)
                    .containsExactly(1L);
        }
        assertThat(decide(nodes.get(0), List.of(new Limit("use:r", 3, Duration.ofHours(1)).of("a")), 1, true)
                        .standings())
                .extracting(Standing::used)
                .containsExactly(1L);
    }

    @Test
    void scriptFlush_isNotNoticed() {
        decide(nodes.get(0), List.of(USER.of("a")), 1, true);
        redis.call("SCRIPT", "FLUSH");
        assertThat(decide(nodes.get(0), List.of(USER.of("a")), 1, true).standings())
                .extracting(Standing::used)
                .containsExactly(2L);
    }

    /** The first decision of a node is in as much of a hurry as any other, also where the server comes after the node. */
    @Test
    void serverThatComesLate_isTaughtTheScriptsBeforeTheFirstDecision() {
        int port = RealRedis.freePort();
        FarSettings settings = FarSetups.far(FarSetups.address("127.0.0.1:" + port), "limits");
        try (FarLimits late = FarLimits.open(settings, FarSetups.DEADLINE);
                RealRedis server = Program.EMBEDDED.startAt(port)) {
            await().atMost(SOON)
                    .until(() -> server.call("SCRIPT", "EXISTS", Script.DECIDE.sha(), Script.REFUND.sha())
                            .equals(List.of(1L, 1L)));
            await().atMost(SOON)
                    .ignoreException(FarTierUnavailableException.class)
                    .until(() -> used(late, USER.of("a")) == 0);
        }
    }

    /** Each decision is sent while the server hangs; when it goes on it finds them, and charges none of them. */
    @Test
    void decisions_onAFrozenServer_endWithinTheDeadlineAndChargeNothing() {
        Duration haste = Duration.ofMillis(400);
        try (FarLimits hasty = hasty(redis.host(), haste)) {
            long openings = hasty.breakerOpenings(); // a starved node may have had one before it reached the server
            redis.freeze();
            long start = System.nanoTime();
            assertThat(catchThrowable(() -> decide(hasty, List.of(USER.of("a")), 1, true)))
                    .isInstanceOf(FarTierUnavailableException.class)
                    .hasMessageContaining("400 ms");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(haste, FarSetups.DEADLINE);
            for (int i = 0; i < 100; i++) {
                assertThat(catchThrowable(() -> decide(hasty, List.of(USER.of("a")), 1, true)))
                        .hasMessageContaining("was not asked");
            }
            assertThat(hasty.breakerOpenings()).isEqualTo(openings + 1);
            redis.thaw();
            awaitReach(nodes.get(0));
            assertThat(used(nodes.get(0), USER.of("a"))).isZero();
        }
    }

    /** Nobody waits for credits to be taken back: that it is not answered says nothing of the server, and stops no decision. */
    @Test
    void credits_thatAFrozenServerDoesNotTakeBack_openNoBreaker() {
        try (FarLimits hasty = hasty(redis.host(), Duration.ofMillis(400))) {
            long openings = hasty.breakerOpenings();
            Grant grant = new Grant(ALL.forAll(), 5, new Standing(6, 0, 0), 1, 1);
            redis.freeze();
            assertThat(hasty.giveBack(List.of(new Unspent(grant, 5), new Unspent(grant, 4))))
                    .containsExactly(GivenBack.UNANSWERED, GivenBack.UNANSWERED);
            assertThat(hasty.breakerOpenings()).isEqualTo(openings);
            assertThat(catchThrowable(() -> decide(hasty, List.of(USER.of("a")), 1, true)))
                    .hasMessageContaining("400 ms");
        }
    }

    /**
     * The answer is lost, not the question: it was charged once, and is not asked again. What comes too late, as on a machine that
     * has stood still, is charged to nobody.
     */
    @Test
    void lostAnswer_chargesOnce() {
        Quota user = new Limit("user", 1_000, Duration.ofHours(1)).of("a");
        await().atMost(SOON.multipliedBy(2)).until(() -> {
            long before = used(nodes.get(0), user);
            loseAnswer(user);
            long charged = used(nodes.get(0), user) - before;
            assertThat(charged).isBetween(0L, 1L);
            return charged == 1;
        });
    }

    private void loseAnswer(Quota user) {
        try (Relay relay = new Relay(redis.port());
                FarLimits behind = hasty(relay.host(), Duration.ofSeconds(4))) {
            relay.hold();
            CompletableFuture<Throwable> outcome =
                    CompletableFuture.supplyAsync(() -> catchThrowable(() -> decide(behind, List.of(user), 1, true)));
            await().atMost(SOON)
                    .until(() -> relay.holds(new Keyspace("limits").limitKey("user", "a")) || outcome.isDone());
            relay.cutClients();
            relay.pass();
            assertThat(outcome.join()).isInstanceOf(FarTierUnavailableException.class);
        }
    }

    @Test
    void server_killedAndStartedAgain_countsFromNothing() {
        decide(nodes.get(0), List.of(USER.of("a")), 3, true);
        redis.kill();
        assertThat(catchThrowable(() -> decide(nodes.get(0), List.of(USER.of("a")), 1, true)))
                .isInstanceOf(FarTierUnavailableException.class);
        redis.restart();
        awaitReach(nodes.get(0));
        assertThat(decide(nodes.get(0), List.of(USER.of("a")), 3, true).admitted())
                .isTrue();
    }

    /** The deadline runs from when the question was asked, wherever it waited; then nobody is charged for it. */
    @Test
    void decision_whoseTimeIsUp_isNotAskedAbout() {
        Duration deadline = FarSetups.DEADLINE;
        long openings = nodes.get(0).breakerOpenings();
        Counted counted = nodes.get(0)
                .decide(List.of(USER.of("a"), ALL.forAll()), 1, true, System.nanoTime() - deadline.toNanos());
        assertThat(counted.failure()).hasMessageContaining("10000 ms");
        assertThat(counted.verdict().standings()).isEmpty();
        assertThat(used(nodes.get(0), USER.of("a"))).isZero();
        assertThat(nodes.get(0).breakerOpenings()).isEqualTo(openings);
    }
}
