package io.nearfar.far;

import io.nearfar.FarRefusalException;
import io.nearfar.FarTierUnavailableException;
import io.nearfar.far.Session.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The servers that take the writes of partitions, told apart also where one has taken the place and the address of another: what
 * is asked of a server bit by bit hangs together only while it is the same process.
 */
final class Servers {
    private final Calls calls;

    Servers(Calls calls) {
        this.calls = calls;
    }

    /** Returns the servers of these partitions; of those that do not answer {@code failure} is told. */
    List<Server> of(BitSet partitions, FirstFailure failure) {
        Map<Node, BitSet> nodes = new LinkedHashMap<>();
        partitions.stream()
                .forEach(partition -> answered(
                        failure,
                        () -> nodes.computeIfAbsent(calls.node(partition), node -> new BitSet())
                                .set(partition)));
        List<Server> servers = new ArrayList<>();
        nodes.forEach((node, its) -> answered(failure, () -> servers.add(new Server(node, id(node), its))));
        return servers;
    }

    /**
     * Likewise of all.
     *
     * @throws FarTierUnavailableException if one does not answer
     */
    List<Server> of(BitSet partitions) {
        FirstFailure failure = new FirstFailure();
        List<Server> servers = of(partitions, failure);
        failure.throwIfAny();
        return servers;
    }

    private void answered(FirstFailure failure, Runnable question) {
        try {
            question.run();
        } catch (FarTierUnavailableException e) {
            failure.tell(this, e);
        }
    }

    /** A server that does not say who it is is another one after each outage. */
    private String id(Node node) {
        String otherwise =
                node.master().address() + ' ' + node.master().breaker().openings();
        try {
            byte[] info =
                    (byte[]) calls.read(node, Session.INFO, "server").reply().get(0);
            return Greeter.field(new String(info, StandardCharsets.UTF_8), "run_id", otherwise);
        } catch (FarRefusalException e) {
            return otherwise;
        }
    }

    /**
     * A server.
     *
     * @param node the way to it
     * @param id of its process
     * @param partitions whose writes it takes
     */
    record Server(Node node, String id, BitSet partitions) {}
}
