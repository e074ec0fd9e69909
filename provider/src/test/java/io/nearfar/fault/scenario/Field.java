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
import java.util.function.IntFunction;

/** A server, some nodes in JVMs of their own, and between each of them and the server a network that can be faulty. */
public final class Field implements AutoCloseable {
    private final RealRedis redis;
    private final StallMeter stalls = new StallMeter(Caller.HARNESS);
    private final List<FaultProxy> links = new ArrayList<>();
    private final List<NodeProcess> nodes = new ArrayList<>();

    private Field(RealRedis redis) {
        this.redis = redis;
    }

    /** Starts the server and so many nodes. */
    public static Field start(Program program, int nodes) {
        return start(program, nodes, node -> Kit.PLAIN);
    }

    /** Starts the server and so many nodes, each with what is particular of it. */
    public static Field start(Program program, int nodes, IntFunction<Kit> kits) {
        Field field = new Field(program.start());
        try {
            for (int node = 0; node < nodes; node++) {
                field.links.add(new FaultProxy(field.redis.port()));
                field.nodes.add(NodeProcess.start(node, kits.apply(node)));
            }
            return field;
        } catch (RuntimeException e) {
            field.close();
            throw e;
        }
    }

    public RealRedis redis() {
        return redis;
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
        redis.thaw();
        nodes.forEach(NodeProcess::close);
        links.forEach(FaultProxy::close);
        redis.close();
        stalls.close();
    }
}
