package io.nearfar.far;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.redisson.RedissonShutdownException;
import org.redisson.client.RedisConnection;
import org.redisson.client.handler.CommandsQueue;
import org.redisson.client.protocol.CommandData;
import org.redisson.client.protocol.QueueCommand;
import org.redisson.client.protocol.QueueCommandHolder;
import org.redisson.client.protocol.RedisCommand;
import org.redisson.connection.ClientConnectionsEntry;
import org.redisson.connection.MasterSlaveEntry;

/**
 * Redisson's open connections to the servers that accept writes, of which a call takes one that nobody waits at. A thread takes
 * the same again and again, so that one thread keeps one thread of the network awake.
 */
final class OpenConnections {
    private static final RedisCommand<Object> ANY = new RedisCommand<>("ANY");

    private final int mostConnections;
    private final AtomicBoolean opening = new AtomicBoolean();

    /** Creates what looks for connections, of which there are so many to a server at most. */
    OpenConnections(int mostConnections) {
        this.mostConnections = mostConnections;
    }

    /**
     * Returns a connection for one call: one without a call under way, or any, if all have one; then one more is opened for calls to
     * come, if there may be more of them. Null if none is open.
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
        if (idle != null) {
            return idle;
        }
        RedisConnection any = at(all, ThreadLocalRandom.current().nextInt(size));
        if (any == null || !any.isActive()) {
            return null;
        }
        if (size < mostConnections && opening.compareAndSet(false, true)) {
            open(server, any, size + 1);
        }
        return any;
    }

    /**
     * Has Redisson open one more, by the thread of a connection: it opens one where so many are asked for that the others are taken, and
     * is given all of them back.
     */
    private void open(MasterSlaveEntry server, RedisConnection by, int so) {
        try {
            by.getChannel().eventLoop().execute(() -> open(server, so));
        } catch (RejectedExecutionException e) { // closed
            opening.set(false);
        }
    }

    private void open(MasterSlaveEntry server, int so) {
        AtomicInteger left = new AtomicInteger(so);
        Queue<RedisConnection> taken = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < so; i++) {
            server.connectionWriteOp(ANY).whenComplete((connection, failure) -> {
                if (connection != null) {
                    taken.add(connection);
                }
                if (left.decrementAndGet() == 0) {
                    taken.forEach(server::releaseWrite);
                    opening.set(false);
                }
            });
        }
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
    static List<CommandData<?, ?>> underWay(Collection<MasterSlaveEntry> servers) {
        List<CommandData<?, ?>> underWay = new ArrayList<>();
        for (MasterSlaveEntry server : servers) {
            ClientConnectionsEntry master = server.getEntry();
            if (master != null) {
                master.getConnectionsHolder().getAllConnections().forEach(connection -> addAll(connection, underWay));
            }
        }
        return underWay;
    }

    private static void addAll(RedisConnection connection, List<CommandData<?, ?>> underWay) {
        Queue<QueueCommandHolder> queue =
                connection.getChannel().attr(CommandsQueue.COMMANDS_QUEUE).get();
        if (queue == null) {
            return;
        }
        for (QueueCommandHolder holder : queue) {
            if (holder.getCommand() instanceof CommandData<?, ?> command) {
                underWay.add(command);
            }
        }
    }

    /** Waits for so long at most until all of these have an answer, or were given up. */
    static void await(List<CommandData<?, ?>> underWay, long millis) {
        CompletableFuture<?>[] promises =
                underWay.stream().map(CommandData::getPromise).toArray(CompletableFuture[]::new);
        try {
            Waiting.get(CompletableFuture.allOf(promises), System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
        } catch (TimeoutException | ExecutionException e) {
            // those are ended that are left
        }
    }

    /** Ends what waits for an answer that will not come, for the connections are closed. */
    static void end(List<CommandData<?, ?>> underWay) {
        underWay.forEach(command -> command.tryFailure(new RedissonShutdownException("Redisson is shutdown")));
    }
}
