package io.nearfar.far;

import static io.nearfar.far.LimitCalls.ALL;
import static io.nearfar.far.LimitCalls.USER;
import static io.nearfar.far.LimitCalls.awaitReach;
import static io.nearfar.far.LimitCalls.calls;
import static io.nearfar.far.LimitCalls.decide;
import static io.nearfar.far.LimitCalls.reached;
import static io.nearfar.far.LimitCalls.used;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.Decision;
import io.nearfar.Limit;
import io.nearfar.LimitOutage;
import io.nearfar.Quota;
import io.nearfar.QuotaUse;
import io.nearfar.RateLimiter;
import io.nearfar.config.FarAddress;
import io.nearfar.config.FarSettings;
import io.nearfar.config.LimitSettings;
import io.nearfar.config.Topology;
import io.nearfar.key.Keyspace;
import io.nearfar.limit.Limiters;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealCluster;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RealRedis.Program;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests whose quotas several servers count: what is done in two rounds, and what is taken back. */
@Timeout(120)
class FarLimitsOnAClusterTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static RealCluster cluster;

    /** A server that hangs is not to be taken for one that has failed, however long the tests stand still. */
    @BeforeAll
    static void letServersHang() {
        cluster = RealCluster.start(Program.EMBEDDED);
        cluster.nodes().forEach(node -> {
            node.call("CONFIG", "SET", "cluster-require-full-coverage", "no");
            node.call("CONFIG", "SET", "cluster-node-timeout", "60000");
        });
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private static FarSettings settings(String prefix) {
        FarAddress address = new FarAddress(Topology.CLUSTER, List.of(cluster.hosts()), false, null, null, 0, null);
        return FarSetups.far(address, prefix);
    }

    /** Limits of one key are in one slot; the one for all is in another: what it was charged is taken back. */
    @Test
    void denialChargesNone() {
        try (FarLimits limits = reached(settings("denial"))) {
            for (int i = 0; i < 10; i++) {
                List<Quota> quotas = List.of(USER.of("user " + i), ALL.of("tier"), ALL.forAll());
                assertThat(decide(limits, quotas, 3, true).admitted()).isTrue();
                Verdict denied = decide(limits, quotas, 1, true);
                assertThat(denied.admitted()).isFalse();
                assertThat(denied.standings()).extracting(Standing::used).containsExactly(3L, 3L * i + 3, 3L * i + 3);
            }
            assertThat(used(limits, ALL.forAll())).isEqualTo(30);
            decide(limits, List.of(ALL.forAll()), 970, true);
            long before = charges();
            assertThat(decide(limits, List.of(USER.of("new"), ALL.forAll()), 1, true)
                            .standings())
                    .extracting(Standing::used)
                    .containsExactly(0L, 1_000L);
            assertThat(charges()).as("nobody was charged in passing").isEqualTo(before);
            limits.reset(ALL.forAll());
            assertThat(used(limits, ALL.forAll())).isZero();
            assertThat(used(limits, ALL.of("tier"))).isEqualTo(30);
            assertFirstIsTheSame(limits);
        }
    }

    /** Whoever names the limits in another order asks them in the same, or two requests could deny each other the last permit. */
    private static void assertFirstIsTheSame(FarLimits limits) {
        Quota one = USER.of("one");
        Quota other = USER.of("other");
        decide(limits, List.of(one), 3, true);
        long before = charges();
        decide(limits, List.of(one, other), 1, true);
        long between = charges();
        decide(limits, List.of(other, one), 1, true);
        assertThat(charges() - between).isEqualTo(between - before);
    }

    /** Of what is charged before the rest is known the last permit may be on its way back; of a user's own it is not. */
    @Test
    void denialByWhatIsChargedFirst_isFleeting() {
        String user = keyElsewhere(new Keyspace("fleeting"));
        try (FarLimits limits = reached(settings("fleeting"))) {
            assertThat(fleeting(limits, USER.of(user), ALL.forAll())).containsExactly(ALL.forAll());
            assertThat(fleeting(limits, ALL.forAll())).containsExactly(ALL.forAll());
            assertThat(fleeting(limits, USER.of(user), ALL.of(user))).isEmpty();
        }
    }

    /** User, tier and all are one question to the user's server, and the credit that a denial has taken is put back. */
    @Test
    void leasedLimitOfAll_needsNoQuestionBesideTheUsers() {
        Keyspace keyspace = new Keyspace("leased");
        String user = keyElsewhere(keyspace);
        Quota all = new Limit("all", 1_000, Duration.ofHours(1)).leased().forAll();
        List<Quota> quotas = List.of(new Limit("user", 1_000, Duration.ofHours(1)).of(user), ALL.of(user), all);
        LimitSettings settings =
                new LimitSettings(true, LimitOutage.CLOSED, 1_000, SOON, FarSetups.quiet(settings("leased")));
        List<Decision> alone = new ArrayList<>();
        try (Limiters limiters = Limiters.open(settings)) {
            RateLimiter limiter = limiters.limiter();
            await().atMost(SOON).until(() -> limiter.peek(quotas, 1).admitted());
            await().atMost(SOON).until(() -> {
                IntStream.range(0, 5).forEach(i -> limiter.decide(all));
                long before = decisions(List.of(serverOfAll(keyspace)));
                Decision decision = limiter.decide(quotas, 1);
                alone.add(decision);
                return decision.admitted() && decisions(List.of(serverOfAll(keyspace))) == before;
            });
        }
        Decision last = alone.get(alone.size() - 1);
        assertThat(last.basis()).isEqualTo(Decision.Basis.COUNTED);
        assertThat(last.uses()).extracting(QuotaUse::quota).containsExactlyElementsOf(quotas);
        assertThat(last.uses().get(0).used()).isEqualTo(alone.size());
        try (FarLimits looking = reached(settings("leased"))) {
            assertThat(used(looking, quotas.get(0))).isEqualTo(alone.size());
            assertThat(used(looking, all)).as("what was not spent went back").isLessThanOrEqualTo(6L * alone.size());
        }
    }

    private static List<Quota> fleeting(FarLimits limits, Quota... quotas) {
        return limits.decide(List.of(quotas), 1, true, System.nanoTime()).fleeting();
    }

    private static long charges() {
        return cluster.nodes().stream()
                .mapToLong(node -> calls(node, "pexpireat"))
                .sum();
    }

    /** Users who contend for the limit of all lose nothing of their own when they lose it. */
    @Test
    void contention_chargesOnlyTheAdmitted() throws Exception {
        Limit user = new Limit("user", 1_000, Duration.ofHours(1));
        Limit all = new Limit("all", 5, Duration.ofMillis(20));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (FarLimits one = reached(settings("contention"));
                FarLimits other = reached(settings("contention"))) {
            List<Callable<Long>> work = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                FarLimits node = thread % 2 == 0 ? one : other;
                List<Quota> quotas = List.of(user.of("user " + thread), all.forAll());
                work.add(() -> IntStream.range(0, 100)
                        .filter(i -> decide(node, quotas, 1, true).admitted())
                        .count());
            }
            List<Long> admitted = new ArrayList<>();
            for (Future<Long> done : threads.invokeAll(work)) {
                admitted.add(done.get());
            }
            List<Long> used = IntStream.range(0, 8)
                    .mapToObj(thread -> used(one, user.of("user " + thread)))
                    .toList();
            assertThat(used).isEqualTo(admitted);
            assertThat(used.stream().mapToLong(Long::longValue).sum()).isBetween(5L, 799L);
        } finally {
            threads.shutdownNow();
        }
    }

    /**
     * The server that is asked first freezes, and nobody knows yet: the others do not pay with their time. What they hold goes on
     * being counted, denies, and is taken back when the policy denies the rest.
     */
    @Test
    void firstServer_freezes_andTheOthersCountWhatTheyHold() {
        Keyspace keyspace = new Keyspace("frozen");
        RealRedis first = serverOfAll(keyspace);
        Limit limit = new Limit("tier", 1_000, Duration.ofHours(1));
        Quota elsewhere = limit.of(keyElsewhere(keyspace));
        List<Quota> quotas = List.of(elsewhere, ALL.forAll());
        try (FarLimits limits = FarLimits.open(settings("frozen"), Duration.ofSeconds(4))) {
            awaitReach(limits);
            await().atMost(SOON).until(limits::isWhole);
            first.freeze();
            Counted counted = limits.decide(quotas, 1, true, System.nanoTime());
            assertThat(counted.missing(quotas)).containsExactly(ALL.forAll());
            assertThat(counted.failure()).isNotNull();
            assertThat(counted.quotas()).containsExactly(elsewhere);
            assertThat(counted.verdict().standings()).extracting(Standing::used).containsExactly(1L);
            assertThat(used(limits, elsewhere)).isOne();
            assertThat(limits.isWhole()).isFalse();
            counted.refund().run();
            assertThat(used(limits, elsewhere)).isZero();
            assertThat(limits.decide(quotas, 4, true, System.nanoTime())
                            .verdict()
                            .admitted())
                    .isTrue();
            List<Quota> full = List.of(ALL.forAll(), new Limit("tier", 4, limit.window()).of(elsewhere.key()));
            assertThat(limits.decide(full, 1, true, System.nanoTime()).verdict().admitted())
                    .isFalse();
            assertThat(used(limits, elsewhere)).isEqualTo(4);
        } finally {
            first.thaw();
        }
    }

    /**
     * Of three slots two are charged at once, and two requests may each get the last permit of one of them: both are denied,
     * and nothing stays charged. So what had room when it was looked at is asked about again soon.
     */
    @Test
    void denialByWhatHadRoomBefore_isFleeting() throws Exception {
        Keyspace keyspace = new Keyspace("three");
        RealRedis first = serverOfAll(keyspace);
        List<RealRedis> others =
                cluster.nodes().stream().filter(node -> node != first).toList();
        Quota taken = USER.of(keyElsewhere(keyspace));
        Quota roomy = USER.of(keyAt(keyspace, Keyspace.PARTITIONS / 3 + 1));
        try (FarLimits limits = FarLimits.open(settings("three"), SOON)) {
            awaitReach(limits);
            await().atMost(SOON).until(limits::isWhole);
            first.freeze();
            long before = decisions(others);
            CompletableFuture<Counted> decision = CompletableFuture.supplyAsync(
                    () -> limits.decide(List.of(taken, ALL.forAll(), roomy), 1, true, System.nanoTime()));
            await().atMost(SOON).until(() -> decisions(others) == before + 2);
            assertThat(decide(limits, List.of(taken), 3, true).admitted()).isTrue();
            first.thaw();
            Counted counted = decision.get(60, TimeUnit.SECONDS);
            assertThat(counted.failure()).isNull();
            assertThat(counted.verdict().admitted()).isFalse();
            assertThat(counted.fleeting()).containsExactlyInAnyOrder(ALL.forAll(), taken);
            assertThat(used(limits, ALL.forAll())).isZero();
            assertThat(used(limits, roomy)).isZero();
        } finally {
            first.thaw();
        }
    }

    private static long decisions(List<RealRedis> servers) {
        return servers.stream().mapToLong(server -> calls(server, "eval(sha)?")).sum();
    }

    private static RealRedis serverOfAll(Keyspace keyspace) {
        return cluster.nodes().get(keyspace.limitPartition("") * cluster.nodes().size() / Keyspace.PARTITIONS);
    }

    /** Returns a key that another server counts than that of all. */
    private static String keyElsewhere(Keyspace keyspace) {
        return keyAt(keyspace, Keyspace.PARTITIONS / 2);
    }

    /** Returns a key whose partition is so far behind that of all; a third of them and one is another server's. */
    private static String keyAt(Keyspace keyspace, int distance) {
        int partition = (keyspace.limitPartition("") + distance) % Keyspace.PARTITIONS;
        return IntStream.range(0, 10_000)
                .mapToObj(String::valueOf)
                .filter(key -> keyspace.limitPartition(key) == partition)
                .findFirst()
                .orElseThrow();
    }
}
