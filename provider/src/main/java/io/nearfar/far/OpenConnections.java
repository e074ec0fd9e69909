package io.nearfar.far;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.redisson.RedissonShutdownException;
import org.redisson.client.RedisConnection;
import org.redisson.client.handler.CommandsQueue;
import org.redisson.client.protocol.CommandData;
import org.redisson.client.protocol.QueueCommand;
import org.redisson.client.protocol.QueueCommandHolder;
import org.redisson.connection.ClientConnectionsEntry;
import org.redisson.connection.MasterSlaveEntry;

/**
 * Redisson's open connections to the servers that accept writes, of which a call takes one that nobody waits at. A thread takes
 * the same again and again, so that one thread keeps one thread of the network awake.
 */
final class OpenConnections {
    private final int mostConnections;

    /** Creates what looks for connections, of which there are so many to a server at most. */
    OpenConnections(int mostConnections) {
        this.mostConnections = mostConnections;
    }

    /**
     * Returns a connection for one call: one without a call under way, or any, if all have one and there may be no more of them.
     * Null if Redisson is to find or open one.
     */
    @Nullable
    RedisConnection pick(MasterSlaveEntry server) {
        ClientConnectionsEntry master = server.getEntry();
        if (master == null || master.isFreezed()) {
            return null;
        }
        Queue<RedisConnection> all = master.getConnectionsHolder().getAllConnections();
        int size = all.size();
        if (size == 0) {
            return null;
        }
        RedisConnection idle = idle(all, (int) (Thread.currentThread().getId() % size));
        if (idle != null || size < mostConnections) {
            return idle;
        }
        RedisConnection any = at(all, ThreadLocalRandom.current().nextInt(size));
        return any != null && any.isActive() ? any : null;
    }

    /** Returns the first that is idle from the one at that place, then from the beginning. */
    private static @Nullable RedisConnection idle(Queue<RedisConnection> all, int from) {
        RedisConnection before = null;
        int at = 0;
        for (RedisConnection connection : all) {
            boolean isBefore = at < from;
            if ((!isBefore || before == null) && connection.isActive() && isIdle(connection)) {
                if (!isBefore) {
                    return connection;
                }
                before = connection;
            }
            at++;
        }
        return before;
    }

    /** What was answered stays the first under way for a moment; what was given up waits for its answer all the same. */
    private static boolean isIdle(RedisConnection connection) {
        QueueCommand first = connection.getCurrentCommandData();
        return first == null || first instanceof CommandData<?, ?> command && command.isSuccess();
    }

    private static @Nullable RedisConnection at(Queue<RedisConnection> all, int place) {
        int at = 0;
        for (RedisConnection connection : all) {
            if (at == place) {
                return connection;
            }
            at++;
        }
        return null;
    }

    /** Returns what is under way at the connections to these servers. */
    static List<QueueCommandHolder> underWay(Collection<MasterSlaveEntry> servers) {
        List<QueueCommandHolder> underWay = new ArrayList<>();
        for (MasterSlaveEntry server : servers) {
            ClientConnectionsEntry master = server.getEntry();
            if (master != null) {
                master.getConnectionsHolder().getAllConnections().forEach(connection -> {
                    Queue<QueueCommandHolder> queue = connection
                            .getChannel()
                            .attr(CommandsQueue.COMMANDS_QUEUE)
                            .get();
                    if (queue != null) {
                        underWay.addAll(queue);
                    }
                });
            }
        }
        return underWay;
    }

    /** Ends what waits for an answer that will not come, for the connections are closed. */
    static void end(List<QueueCommandHolder> underWay) {
        underWay.forEach(each -> each.getCommand().tryFailure(new RedissonShutdownException("Redisson is shutdown")));
    }
}
