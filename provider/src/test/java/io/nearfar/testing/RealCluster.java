package io.nearfar.testing;

import io.nearfar.testing.RealRedis.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** A real Redis Cluster of three masters, each with a third of the slots, without replicas unless it says so. */
public final class RealCluster implements AutoCloseable {
    private static final int MASTERS = 3;
    private static final int SLOTS = 16_384;
    private static final long READY_SECONDS = 60;

    /** The cluster's own port lies so much higher, and must be a port too. */
    private final List<RealRedis> nodes = new ArrayList<>();

    private RealCluster(Program program, int count, Supplier<List<String>> further) {
        for (int i = 0; i < count; i++) {
            List<String> arguments =
                    new ArrayList<>(List.of("--cluster-enabled", "yes", "--cluster-node-timeout", "3000"));
            arguments.addAll(further.get());
            nodes.add(program.startAt(RealRedis.freePort(), arguments.toArray(new String[0])));
        }
        assignSlots();
        for (RealRedis node : nodes) {
            nodes.get(0).call("CLUSTER", "MEET", "127.0.0.1", node.port());
        }
        await(() -> nodes.stream().allMatch(this::isReady));
    }

    /** Starts a cluster and waits until all of its nodes say that it works. */
    public static RealCluster start(Program program) {
        return new RealCluster(program, MASTERS, List::of);
    }

    /** Starts one with a fourth node, the last, which is a replica of the first. */
    public static RealCluster withReplica(Program program) {
        RealCluster cluster = new RealCluster(program, MASTERS + 1, List::of);
        RealRedis replica = cluster.nodes.get(MASTERS);
        replica.call(
                "CLUSTER", "REPLICATE", RespClient.text(cluster.nodes.get(0).call("CLUSTER", "MYID")));
        cluster.await(replica::isReplicated);
        return cluster;
    }

    /** Starts one whose nodes speak TLS, with certificates on both sides; each has a plain port too, for the test. */
    public static RealCluster encrypted(Program program, TestCertificates certificates) {
        return new RealCluster(program, MASTERS, () -> {
            List<String> arguments = new ArrayList<>(List.of(certificates.server(true, RealRedis.freePort())));
            arguments.addAll(List.of("--tls-cluster", "yes"));
            return arguments;
        });
    }

    private void assignSlots() {
        for (int i = 0; i < MASTERS; i++) {
            List<Object> words = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
            IntStream.range(SLOTS * i / MASTERS, SLOTS * (i + 1) / MASTERS).forEach(words::add);
            nodes.get(i).call(words.toArray());
        }
    }

    private void await(BooleanSupplier ready) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
        while (!ready.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException(
                        "the cluster did not come up: " + nodes.get(0).log());
            }
            RealRedis.pause(20);
        }
    }

    private boolean isReady(RealRedis node) {
        String info = RespClient.text(node.call("CLUSTER", "INFO"));
        return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + nodes.size());
    }

    public List<RealRedis> nodes() {
        return List.copyOf(nodes);
    }

    /** Returns {@code host:port} of every node. */
    public String[] hosts() {
        return nodes.stream().map(RealRedis::host).toArray(String[]::new);
    }

    /** Returns the address as an application would configure it. */
    public String address() {
        return "redis://" + String.join(",", hosts());
    }

    @Override
    public void close() {
        nodes.forEach(RealRedis::close);
    }
}
