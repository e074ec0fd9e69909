package io.nearfar.testing;

import io.nearfar.testing.RealRedis.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** A real Redis Cluster of three masters without replicas, each with a third of the slots. */
public final class RealCluster implements AutoCloseable {
    private static final int NODES = 3;
    private static final int SLOTS = 16_384;
    private static final long READY_SECONDS = 60;

    /** The cluster's own port lies so much higher, and must be a port too. */
    private static final int BUS_OFFSET = 10_000;

    private final List<RealRedis> nodes = new ArrayList<>();

    private RealCluster(Program program, Supplier<List<String>> further) {
        for (int i = 0; i < NODES; i++) {
            List<String> arguments =
                    new ArrayList<>(List.of("--cluster-enabled", "yes", "--cluster-node-timeout", "3000"));
            arguments.addAll(further.get());
            nodes.add(program.startAt(portWithBus(), arguments.toArray(new String[0])));
        }
        assignSlots();
        for (RealRedis node : nodes) {
            nodes.get(0).call("CLUSTER", "MEET", "127.0.0.1", node.port());
        }
        awaitReady();
    }

    /** Starts a cluster and waits until all of its nodes say that it works. */
    public static RealCluster start(Program program) {
        return new RealCluster(program, List::of);
    }

    /** Starts one whose nodes speak TLS, with certificates on both sides; each has a plain port too, for the test. */
    public static RealCluster encrypted(Program program, TestCertificates certificates) {
        return new RealCluster(program, () -> {
            List<String> arguments = new ArrayList<>(List.of(certificates.server(true, RealRedis.freePort())));
            arguments.addAll(List.of("--tls-cluster", "yes"));
            return arguments;
        });
    }

    /** Returns a port for a node of a cluster, which needs a second one. */
    public static int portWithBus() {
        Random random = new Random();
        while (true) {
            int port = 20_000 + random.nextInt(25_000);
            if (isFree(port) && isFree(port + BUS_OFFSET)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private void assignSlots() {
        for (int i = 0; i < NODES; i++) {
            List<Object> words = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
            IntStream.range(SLOTS * i / NODES, SLOTS * (i + 1) / NODES).forEach(words::add);
            nodes.get(i).call(words.toArray());
        }
    }

    private void awaitReady() {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
        while (!nodes.stream().allMatch(RealCluster::isReady)) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException(
                        "the cluster did not come up: " + nodes.get(0).log());
            }
            RealRedis.pause(20);
        }
    }

    private static boolean isReady(RealRedis node) {
        String info = RespClient.text(node.call("CLUSTER", "INFO"));
        return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + NODES);
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
