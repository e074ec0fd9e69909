package io.nearfar.fault.scenario;

import io.nearfar.fault.history.Caller;
import io.nearfar.fault.node.NodeProcess;
import io.nearfar.fault.node.NodeProcess.Kit;
import io.nearfar.fault.node.StallMeter;
import io.nearfar.fault.proxy.FaultProxy;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RealRedis.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/**
 * A server, some nodes in JVMs of their own, and between each of them and the server a network that can be faulty. Or
 * several servers that nodes find by themselves, without such a network.
 */
public final class Field implements AutoCloseable {
    private final Servers servers;
    private final StallMeter stalls = new StallMeter(Caller.HARNESS);
    private final List<FaultProxy> links = new ArrayList<>();
    private final List<NodeProcess> nodes = new ArrayList<>();

    private Field(Servers servers) {
        this.servers = servers;
    }

    /** Starts a server and so many nodes, at once. */
    public static Field start(Program program, int nodes) {
        return start(program, nodes, node -> Kit.PLAIN);
    }

    /** Starts a server and so many nodes, each with what is particular of it. */
    public static Field start(Program program, int nodes, IntFunction<Kit> kits) {
        Field field = new Field(Servers.one(program));
        for (int node = 0; node < nodes; node++) {
            field.links.add(new FaultProxy(field.redis().port()));
        }
        return field.with(nodes, kits);
    }

    /** Starts so many nodes on servers that they reach without a faulty network. */
    static Field start(Servers servers, int nodes) {
        return new Field(servers).with(nodes, node -> Kit.PLAIN);
    }

    private Field with(int count, IntFunction<Kit> kits) {
        List<CompletableFuture<NodeProcess>> starts = new ArrayList<>();
        for (int node = 0; node < count; node++) {
            int number = node;
            Kit kit = kits.apply(node);
            starts.add(CompletableFuture.supplyAsync(() -> NodeProcess.start(number, kit)));
        }
        try {
            starts.forEach(start -> nodes.add(start.join()));
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Returns the address by which that node knows the servers. */
    String address(int node) {
        return links.isEmpty()
                ? servers.address()
                : "redis://" + links.get(node).host();
    }

    /** Returns the address past every network. */
    String address() {
        return servers.address();
    }

    Servers servers() {
        return servers;
    }

    /** Returns the server, or of several the first. */
    public RealRedis redis() {
        return servers.all().get(0);
    }

    /** Returns what lies between that node and the server. */
    public FaultProxy link(int node) {
        return links.get(node);
    }

    public List<FaultProxy> links() {
        return links;
    }

    public NodeProcess node(int node) {
        return nodes.get(node);
    }

    public List<NodeProcess> nodes() {
        return nodes;
    }

    StallMeter stalls() {
        return stalls;
    }

    @Override
    public void close() {
        nodes.parallelStream().forEach(NodeProcess::close);
        links.forEach(FaultProxy::close);
        servers.close();
        stalls.close();
    }
}
