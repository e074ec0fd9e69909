package io.nearfar.far;

import static io.nearfar.far.DirectCalls.GET;
import static io.nearfar.far.DirectCalls.KEYSPACE;
import static io.nearfar.far.DirectCalls.SET;
import static io.nearfar.far.DirectCalls.SOON;
import static io.nearfar.far.DirectCalls.answer;
import static io.nearfar.far.DirectCalls.connections;
import static io.nearfar.far.DirectCalls.node;
import static io.nearfar.far.DirectCalls.text;
import static io.nearfar.far.DirectCalls.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.config.FarAddress;
import io.nearfar.config.Topology;
import io.nearfar.far.Session.Node;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealCluster;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RealRedis.Program;
import io.netty.util.internal.InternalThreadLocalMap;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.redisson.RedissonShutdownException;
import org.redisson.client.RedisConnection;
import org.redisson.client.protocol.RedisCommand;

/** Which connection a call goes by, and what becomes of calls on connections that end. */
@Timeout(120)
class OpenConnectionsTest {
    private static final int MOST = 3;

    /** Is not answered, for no replica is there to have heard what it waits for. */
    private static final RedisCommand<List<Object>> WAIT = new RedisCommand<>("WAIT", Collections::singletonList);

    private static boolean isBusy(RedisConnection connection) {
        return connection.getCurrentCommandData() != null;
    }

    @Test
    void callBesideOneThatIsNotAnswered_goesByAnotherConnection() throws Exception {
        try (RealRedis redis = RealRedis.start()) {
            with(FarSetups.address(redis.host()), 2, 2, session -> {
                Node node = node(session);
                await().atMost(SOON).until(() -> connections(node).size() == 2);
                answer(session.send(node, SET, "k", "v"));
                CompletableFuture<List<Object>> waits = session.send(node, WAIT, "1", "0");
                await().atMost(SOON).until(() -> connections(node).stream().anyMatch(OpenConnectionsTest::isBusy));
                for (int i = 0; i < 100; i++) {
                    assertThat(text(session.send(node, GET, "k"))).isEqualTo("v");
                }
                assertThat(waits).isNotDone();
            });
        }
    }

    /** Else each call would wait for the deadline of one that is not answered. */
    @Test
    void callsWhereAllConnectionsAreBusy_shareThem() throws Exception {
        try (RealRedis redis = RealRedis.start()) {
            with(FarSetups.address(redis.host()), MOST, MOST, session -> {
                Node node = node(session);
                await().atMost(SOON).until(() -> connections(node).size() == MOST);
                OpenConnections connections = new OpenConnections(MOST);
                for (int i = 0; i < MOST; i++) {
                    RedisConnection idle = Objects.requireNonNull(connections.pick(node.entry()));
                    session.send(node, WAIT, "1", "0");
                    await().atMost(SOON).until(() -> isBusy(idle));
                }
                assertThat(connections.pick(node.entry())).isNotNull();
                assertThat(connections(node)).hasSize(MOST);
            });
        }
    }

    /** One at a time, and not more than may be. */
    @Test
    void callsWhereAllConnectionsAreBusy_haveMoreOpened() throws Exception {
        try (RealRedis redis = RealRedis.start()) {
            with(FarSetups.address(redis.host()), MOST, 1, session -> {
                Node node = node(session);
                for (int i = 1; i <= MOST; i++) {
                    int open = i;
                    await().atMost(SOON).until(() -> connections(node).size() == open);
                    session.send(node, WAIT, "1", "0");
                    await().atMost(SOON).until(() -> connections(node).stream().allMatch(OpenConnectionsTest::isBusy));
                    session.send(node, WAIT, "1", "0");
                }
                assertThat(connections(node)).hasSize(MOST);
            });
        }
    }

    /** The server is well, and so is the call. */
    @Test
    void close_letsCallsUnderWayEnd() throws Exception {
        try (RealRedis redis = RealRedis.start()) {
            AtomicReference<CompletableFuture<List<Object>>> slow = new AtomicReference<>();
            with(FarSetups.address(redis.host()), MOST, 1, session -> {
                slow.set(session.send(node(session), WAIT, "1", "100"));
                await().atMost(SOON)
                        .until(() -> isBusy(connections(node(session)).element()));
            });
            assertThat(slow.get()).isCompletedWithValue(List.of(0L));
        }
    }

    @Test
    void close_endsCallsUnderWay() throws Exception {
        try (RealRedis redis = RealRedis.start()) {
            CompletableFuture<?>[] waits = new CompletableFuture<?>[1];
            with(FarSetups.address(redis.host()), MOST, 1, session -> {
                waits[0] = session.send(node(session), WAIT, "1", "0");
                await().atMost(SOON)
                        .until(() -> isBusy(connections(node(session)).element()));
            });
            assertThat(waits[0])
                    .failsWithin(SOON)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(RedissonShutdownException.class);
        }
    }

    /** An application server's thread would hold the classes of the application by it. */
    @Test
    void call_leavesNothingOfNettysInItsThread() throws Exception {
        try (RealRedis redis = RealRedis.start()) {
            with(FarSetups.address(redis.host()), MOST, 1, session -> {
                InternalThreadLocalMap.remove();
                answer(session.send(node(session), SET, "k", "v"));
                assertThat(InternalThreadLocalMap.getIfSet()).isNull();
            });
        }
    }

    @Test
    void callThatIsGivenUpBeforeItIsWritten_isNotSent() throws Exception {
        try (RealRedis redis = RealRedis.start()) {
            with(FarSetups.address(redis.host()), MOST, 1, session -> {
                Node node = node(session);
                answer(session.send(node, SET, "k", "first"));
                RedisConnection connection = Objects.requireNonNull(new OpenConnections(MOST).pick(node.entry()));
                DirectCommand second = new DirectCommand(SET, new Object[] {"k", "second"}, CompletableFuture::new);
                second.getPromise().cancel(false);
                second.send(connection);
                assertThat(text(session.send(node, GET, "k"))).isEqualTo("first");
            });
        }
    }

    @Test
    void callOnAConnectionThatHasEnded_goesElsewhere_andThatIsNotPicked() throws Exception {
        try (RealRedis redis = RealRedis.start()) {
            with(FarSetups.address(redis.host()), MOST, 1, session -> {
                Node node = node(session);
                OpenConnections connections = new OpenConnections(MOST);
                RedisConnection connection = Objects.requireNonNull(connections.pick(node.entry()));
                redis.kill();
                await().atMost(SOON).until(() -> connections.pick(node.entry()) == null);
                List<Object> there = List.of("there");
                DirectCommand command =
                        new DirectCommand(GET, new Object[] {"k"}, () -> CompletableFuture.completedFuture(there));
                assertThat(answer(command.send(connection))).isEqualTo(there);
            });
        }
    }

    /** Whoever has chosen a connection just before the end. */
    @Test
    void callsAfterTheClose_goElsewhere() throws Exception {
        try (RealRedis redis = RealRedis.start()) {
            AtomicReference<RedisConnection> closed = new AtomicReference<>();
            with(
                    FarSetups.address(redis.host()),
                    MOST,
                    1,
                    session -> closed.set(connections(node(session)).element()));
            RedisConnection connection = Objects.requireNonNull(closed.get());
            await().atMost(SOON).until(() -> connection.getChannel().eventLoop().isTerminated());
            AtomicInteger times = new AtomicInteger();
            for (int i = 1; i <= 3; i++) {
                DirectCommand late = new DirectCommand(GET, new Object[] {"k"}, () -> {
                    times.incrementAndGet();
                    return CompletableFuture.completedFuture(List.of("there"));
                });
                assertThat(late.send(connection)).isCompletedWithValue(List.of("there"));
                assertThat(times).hasValue(i);
            }
        }
    }

    @Test
    void callThatAClusterSendsElsewhere_isFollowed() throws Exception {
        try (RealCluster cluster = RealCluster.start(Program.EMBEDDED)) {
            FarAddress address = new FarAddress(Topology.CLUSTER, List.of(cluster.hosts()), false, null, null, 0, null);
            with(address, MOST, 1, session -> {
                String key = KEYSPACE.chainKey(0);
                Node home = Objects.requireNonNull(session.node(0));
                answer(session.send(home, SET, key, "v"));
                for (Node node : session.nodes()) {
                    CompletableFuture<List<Object>> moved = session.send(node, GET, key);
                    CompletableFuture<List<Object>> next = session.send(node, Session.PTTL, key);
                    assertThat(text(moved)).isEqualTo("v");
                    assertThat(answer(next)).containsExactly(-1L);
                }
                assertThat(session.nodes()).hasSize(3);
            });
        }
    }
}
