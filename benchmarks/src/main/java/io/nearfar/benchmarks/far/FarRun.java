package io.nearfar.benchmarks.far;

import io.nearfar.benchmarks.peer.Operation;
import io.nearfar.benchmarks.peer.Peer;
import io.nearfar.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * All figures of calls to the server. The peers of an operation take turns in short blocks, in another order each round:
 * what disturbs the machine for a while disturbs all of them.
 */
public final class FarRun {
    private static final int BLOCKS_OF_WARM_UP = 20;
    private static final int SINGLE_CALLS = 300;
    private static final int BATCH_CALLS = 60;

    private final String address;
    private final int rounds;
    private final Random order = new Random(107);

    /**
     * Prepares the run.
     *
     * @param address where the server is
     * @param rounds how many blocks are measured of each peer and operation
     */
    public FarRun(String address, int rounds) {
        this.address = address;
        this.rounds = rounds;
    }

    /** Measures, and returns the table. */
    public String tables() {
        Table table = FarTable.begin();
        for (Operation operation : Operation.values()) {
            System.out.println("On the server: " + operation.label());
            List<Contender> contenders = new ArrayList<>();
            try {
                Peer.onServer(operation).forEach(peer -> contenders.add(new Contender(peer, operation, address)));
                measure(contenders, operation == Operation.GET_ALL ? BATCH_CALLS : SINGLE_CALLS);
                FarTable.add(table, operation, contenders);
            } finally {
                contenders.forEach(Contender::close);
            }
        }
        return table.text();
    }

    private void measure(List<Contender> contenders, int calls) {
        for (int i = 0; i < BLOCKS_OF_WARM_UP; i++) {
            contenders.forEach(contender -> contender.warmUp(calls));
        }
        List<Contender> turn = new ArrayList<>(contenders);
        for (int i = 0; i < rounds; i++) {
            Collections.shuffle(turn, order);
            turn.forEach(contender -> contender.measure(calls));
        }
    }
}
