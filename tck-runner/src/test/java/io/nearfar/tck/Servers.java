package io.nearfar.tck;

import io.nearfar.testing.RealCluster;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RealRedis.Program;
import java.util.List;

/**
 * The servers of a run.
 *
 * @param address as an application would configure it
 */
record Servers(String address, ServerView view, Runnable end) implements AutoCloseable {
    /** Starts one server, or a cluster of three masters. */
    static Servers start(TckMode mode) {
        if (mode.hasCluster()) {
            RealCluster cluster = RealCluster.start(Program.EMBEDDED);
            return new Servers(cluster.address(), new ServerView(cluster.nodes()), cluster::close);
        }
        RealRedis redis = RealRedis.start();
        return new Servers(redis.address(), new ServerView(List.of(redis)), redis::close);
    }

    @Override
    public void close() {
        end.run();
    }
}
