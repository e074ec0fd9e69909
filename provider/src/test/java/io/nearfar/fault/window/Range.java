package io.nearfar.fault.window;

import io.nearfar.fault.history.Span;
import io.nearfar.fault.node.Counter;
import io.nearfar.fault.node.NodeProcess;
import io.nearfar.fault.node.NodeProcess.Kit;
import io.nearfar.fault.scenario.WallClock;
import io.nearfar.testing.RealCluster;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RealRedis.Program;
import io.nearfar.testing.Relay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A server, and three nodes in JVMs of their own that make requests under limits which it counts. The clock of one node is
 * five seconds ahead, that of another five behind, where the machine has libfaketime; where it has not, only the counters that
 * ask a clock of the node's are told a wrong time. The last node's connections can be cut.
 */
final class Range implements AutoCloseable {
    static final int NODES = 3;

    private static final Duration[] AHEAD = {Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(-5)};

    private final RealRedis redis;
    private final AutoCloseable servers;
    private final Relay relay;
    private final List<NodeProcess> nodes;

    private Range(RealRedis redis, AutoCloseable servers, Relay relay, List<NodeProcess> nodes) {
        this.redis = redis;
        this.servers = servers;
        this.relay = relay;
        this.nodes = nodes;
    }

    /** Starts all, at once. */
    static Range start(Program program) {
        RealRedis redis = program.start();
        Relay relay = new Relay(redis.port());
        String direct = "redis://" + redis.host();
        return new Range(redis, redis, relay, nodes(redis, direct, "redis://" + relay.host()));
    }

    /** Starts all with a cluster in place of the server: all of its clocks are one. No connection can be cut. */
    static Range onCluster(Program program) {
        RealCluster cluster = RealCluster.start(program);
        RealRedis first = cluster.nodes().get(0);
        return new Range(first, cluster, new Relay(first.port()), nodes(first, cluster.address(), cluster.address()));
    }

    private static List<NodeProcess> nodes(RealRedis redis, String address, String ofLast) {
        List<CompletableFuture<NodeProcess>> starts = new ArrayList<>();
        for (int node = 0; node < NODES; node++) {
            int number = node;
            String own = node == NODES - 1 ? ofLast : address;
            starts.add(CompletableFuture.supplyAsync(() -> node(number, redis.port(), own)));
        }
        return starts.stream().map(CompletableFuture::join).toList();
    }

    /** What it cannot count it denies: then all that it admits is counted. */
    private static NodeProcess node(int number, int port, String address) {
        NodeProcess node = NodeProcess.startLimited(number, kit(AHEAD[number]));
        node.ask(
                "open",
                port,
                "nearfar.address=" + address,
                "nearfar.prefix=limited",
                "nearfar.limit.outage=closed",
                "nearfar.limit.deadline=300ms");
        return node;
    }

    /** Where nothing sets the node's clock wrong, the limiter that asks it is told a wrong time. */
    private static Kit kit(Duration ahead) {
        Map<String, String> told = Map.of(Counter.SKEW, String.valueOf(ahead.toNanos() / 1_000));
        return ahead.isZero() ? Kit.PLAIN : WallClock.ahead(ahead).orElseGet(() -> Kit.of(List.of(), told));
    }

    List<NodeProcess> nodes() {
        return nodes;
    }

    RealRedis redis() {
        return redis;
    }

    Relay relay() {
        return relay;
    }

    /** Does something to the server, and returns the time within which that was. */
    static Span during(Runnable event) {
        long before = System.nanoTime();
        event.run();
        return new Span(before, System.nanoTime());
    }

    @Override
    public void close() {
        redis.thaw();
        nodes.parallelStream().forEach(NodeProcess::close);
        relay.close();
        try {
            servers.close();
        } catch (Exception e) {
            throw new IllegalStateException("the servers cannot be stopped", e);
        }
    }
}
