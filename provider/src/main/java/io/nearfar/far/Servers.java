package io.nearfar.far;

import io.nearfar.FarRefusalException;
import io.nearfar.FarTierUnavailableException;
import io.nearfar.far.FarEntries.Unanswered;
import io.nearfar.far.Session.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The servers that take the writes of partitions, told apart also where one has taken the place and the address of another: what
 * is asked of a server bit by bit hangs together only while it is the same process.
 */
final class Servers {
    private final Calls calls;

    Servers(Calls calls) {
        this.calls = calls;
    }

    /** Returns the servers of these partitions; {@code unanswered} is told of those whose server does not answer. */
    List<Server> of(BitSet partitions, Unanswered<Integer> unanswered) {
        List<Server> servers = new ArrayList<>();
        nodes(partitions, unanswered).forEach((node, its) -> {
            try {
                servers.add(new Server(node, id(node), its));
            } catch (FarTierUnavailableException e) {
                its.stream().forEach(partition -> unanswered.tell(partition, e));
            }
        });
        return servers;
    }

    private Map<Node, BitSet> nodes(BitSet partitions, Unanswered<Integer> unanswered) {
        Map<Node, BitSet> nodes = new LinkedHashMap<>();
        partitions.stream().forEach(partition -> {
            try {
                nodes.computeIfAbsent(calls.node(partition), node -> new BitSet())
                        .set(partition);
            } catch (FarTierUnavailableException e) {
                unanswered.tell(partition, e);
            }
        });
        return nodes;
    }

    /**
     * Likewise of all.
     *
     * @throws FarTierUnavailableException if one does not answer
     */
    List<Server> of(BitSet partitions) {
        FirstFailure failure = new FirstFailure();
        List<Server> servers = of(partitions, failure::tell);
        failure.throwIfAny();
        return servers;
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
    record Server(Node node, String id, BitSet partitions) {
        /** Returns those of its partitions for which a process of another id is named. */
        IntStream unwalked(@Nullable String[] ids) {
            return partitions.stream().filter(partition -> !id.equals(ids[partition]));
        }
    }
}
