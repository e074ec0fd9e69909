package io.nearfar.benchmarks.far;

import static io.nearfar.benchmarks.peer.Peer.JETCACHE;
import static io.nearfar.benchmarks.peer.Peer.LETTUCE;
import static io.nearfar.benchmarks.peer.Peer.NEARFAR_FAR;
import static io.nearfar.benchmarks.peer.Peer.NEARFAR_TIERED;
import static io.nearfar.benchmarks.peer.Peer.REDISSON;
import static io.nearfar.benchmarks.peer.Peer.REDISSON_JCACHE;
import static io.nearfar.benchmarks.peer.Peer.REDISSON_LOCAL;
import static io.nearfar.benchmarks.peer.Peer.REDISSON_MAP;
import static io.nearfar.benchmarks.peer.Peer.REDISSON_MGET;

import io.nearfar.benchmarks.peer.Operation;
import io.nearfar.benchmarks.peer.Peer;
import java.util.List;
import java.util.Locale;

/** One operation that asks the server, by so many threads, with all that are compared; the base is Lettuce. */
enum FarCase {
    GET(Operation.GET, 1, List.of(LETTUCE, NEARFAR_FAR, REDISSON, REDISSON_MAP, REDISSON_JCACHE)),
    GET_BY_MANY(Operation.GET, 16, List.of(LETTUCE, NEARFAR_FAR, REDISSON, REDISSON_MAP, REDISSON_JCACHE)),
    PUT(
            Operation.PUT,
            1,
            List.of(
                    LETTUCE,
                    NEARFAR_TIERED,
                    NEARFAR_FAR,
                    REDISSON,
                    REDISSON_MAP,
                    REDISSON_LOCAL,
                    REDISSON_JCACHE,
                    JETCACHE)),
    PUT_BY_MANY(
            Operation.PUT,
            16,
            List.of(
                    LETTUCE,
                    NEARFAR_TIERED,
                    NEARFAR_FAR,
                    REDISSON,
                    REDISSON_MAP,
                    REDISSON_LOCAL,
                    REDISSON_JCACHE,
                    JETCACHE)),
    GET_ALL(
            Operation.GET_ALL,
            1,
            List.of(LETTUCE, NEARFAR_FAR, REDISSON, REDISSON_MGET, REDISSON_MAP, REDISSON_JCACHE)),
    PUT_ALL(
            Operation.PUT_ALL,
            1,
            List.of(LETTUCE, NEARFAR_TIERED, NEARFAR_FAR, REDISSON, REDISSON_MGET, REDISSON_MAP, REDISSON_JCACHE)),
    INVOKE(Operation.INVOKE, 1, List.of(LETTUCE, NEARFAR_TIERED, NEARFAR_FAR, REDISSON, REDISSON_JCACHE)),
    INVOKE_OF_ONE(Operation.INVOKE, 8, List.of(LETTUCE, NEARFAR_TIERED, NEARFAR_FAR, REDISSON, REDISSON_JCACHE));

    private static final int SINGLE_CALLS = 300;
    private static final int BATCH_CALLS = 60;
    private static final int CALLS_OF_EACH_THREAD = 40;

    private final Operation operation;
    private final int threads;
    private final List<Peer> peers;

    FarCase(Operation operation, int threads, List<Peer> peers) {
        this.operation = operation;
        this.threads = threads;
        this.peers = peers;
    }

    Operation operation() {
        return operation;
    }

    int threads() {
        return threads;
    }

    List<Peer> peers() {
        return peers;
    }

    /** Tells whether all threads are about one key. */
    boolean ofOneKey() {
        return this == INVOKE_OF_ONE;
    }

    /** Returns how often each thread calls in a block. */
    int calls() {
        if (threads > 1) {
            return CALLS_OF_EACH_THREAD;
        }
        return operation.ofMany() ? BATCH_CALLS : SINGLE_CALLS;
    }

    /** Returns the name as tables show it. */
    String label() {
        return operation.label() + (ofOneKey() ? " of one key" : "") + (threads > 1 ? ", " + threads + " threads" : "");
    }

    /** Returns the name of the picture's file. */
    String file() {
        return "far-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
