package io.nearfar.benchmarks.peer;

import static io.nearfar.benchmarks.peer.Operation.GET;
import static io.nearfar.benchmarks.peer.Operation.GET_ALL;
import static io.nearfar.benchmarks.peer.Operation.INVOKE;
import static io.nearfar.benchmarks.peer.Operation.PUT;

import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** All that are compared, each with the operations for which it has a figure. */
public enum Peer {
    CAFFEINE("Caffeine", (values, address) -> new CaffeineDriver(), Set.of(Operation.values()), Set.of()),
    CAFFEINE_JCACHE(
            "Caffeine's JCache",
            (values, address) -> CaffeineJCacheDriver.open(values),
            Set.of(Operation.values()),
            Set.of()),
    NEARFAR_NEAR(
            "Nearfar, near", (values, address) -> NearfarDriver.near(values), Set.of(Operation.values()), Set.of()),
    NEARFAR_TIERED(
            "Nearfar, tiered",
            (values, address) -> NearfarDriver.withServer("tiered", values, address),
            Set.of(GET, GET_ALL),
            Set.of(PUT, INVOKE)),
    NEARFAR_FAR(
            "Nearfar, far",
            (values, address) -> NearfarDriver.withServer("far", values, address),
            Set.of(),
            Set.of(Operation.values())),
    REDISSON("Redisson", RedissonDriver::open, Set.of(), Set.of(Operation.values())),
    REDISSON_MGET("Redisson, MGET", RedissonMgetDriver::open, Set.of(), Set.of(GET_ALL)),
    REDISSON_JCACHE("Redisson's JCache", RedissonJCacheDriver::open, Set.of(), Set.of(Operation.values()));

    private final String label;
    private final BiFunction<Values, String, Driver> opener;
    private final Set<Operation> inProcess;
    private final Set<Operation> onServer;

    Peer(String label, BiFunction<Values, String, Driver> opener, Set<Operation> inProcess, Set<Operation> onServer) {
        this.label = label;
        this.opener = opener;
        this.inProcess = inProcess;
        this.onServer = onServer;
    }

    /** Returns the name as tables show it. */
    public String label() {
        return label;
    }

    /** Opens the peer for values of that kind; peers that need no server ignore the address. */
    public Driver open(Values values, String address) {
        return opener.apply(values, address);
    }

    /** Returns the peers that answer the operation in the process, in the order of the table. */
    public static List<Peer> inProcess(Operation operation) {
        return Stream.of(values())
                .filter(peer -> peer.inProcess.contains(operation))
                .toList();
    }

    /** Returns the peers that ask the server, in the order of the table. */
    public static List<Peer> onServer(Operation operation) {
        return Stream.of(values())
                .filter(peer -> peer.onServer.contains(operation))
                .toList();
    }
}
