package io.nearfar.fault.scenario;

import io.nearfar.testing.RealCluster;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RealRedis.Program;
import java.util.List;

/**
 * The servers of a field.
 *
 * @param address how nodes are told of them
 * @param all the servers, those that only watch others last
 */
record Servers(String address, List<RealRedis> all) implements AutoCloseable {
    static final String MASTER = "mymaster";

    static Servers one(Program program) {
        RealRedis redis = program.start();
        return new Servers("redis://" + redis.host(), List.of(redis));
    }

    /** Starts a master, its replica, and a Sentinel that watches them. */
    static Servers watched(Program program) {
        RealRedis master = program.start("--repl-diskless-sync-delay", "0"); // Redis 7 waits for more replicas, 5 s
        RealRedis replica = program.start("--replicaof", "127.0.0.1", String.valueOf(master.port()));
        Fault.await(replica, replica::isReplicated); // or what it takes over is nothing
        RealRedis sentinel = RealRedis.sentinel(master, MASTER);
        return new Servers("redis://" + sentinel.host() + "/" + MASTER, List.of(master, replica, sentinel));
    }

    /** Starts a cluster of masters. */
    static Servers cluster(Program program) {
        return of(RealCluster.start(program));
    }

    /** Starts a cluster of which the last server is a replica of the first. */
    static Servers replicated(Program program) {
        return of(RealCluster.withReplica(program));
    }

    private static Servers of(RealCluster cluster) {
        return new Servers("redis://" + String.join(",", cluster.hosts()), cluster.nodes());
    }

    /** Returns the last: the Sentinel, or the replica in a cluster. */
    RealRedis last() {
        return all.get(all.size() - 1);
    }

    /** Has them tell who asks for it of what happens to keys, if they are no Sentinels. */
    void sendEvents() {
        for (RealRedis server : all) {
            try {
                server.call("CONFIG", "SET", "notify-keyspace-events", "Kg$xe");
            } catch (IllegalStateException e) {
                Fault.require(server == last(), "a server takes no settings: " + e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        all.forEach(RealRedis::close);
    }
}
