package io.nearfar.far;

import io.nearfar.key.Keyspace;
import io.netty.util.concurrent.FastThreadLocal;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RPatternTopic;
import org.redisson.api.RTopic;
import org.redisson.api.RedissonClient;
import org.redisson.api.listener.BaseStatusListener;
import org.redisson.client.RedisConnection;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.protocol.CommandData;
import org.redisson.client.protocol.RedisCommand;
import org.redisson.client.protocol.decoder.ObjectListReplayDecoder;
import org.redisson.command.CommandAsyncExecutor;
import org.redisson.connection.ConnectionManager;
import org.redisson.connection.MasterSlaveEntry;

/** The connections to the servers, once they were reached: from here on Redisson reconnects by itself. */
final class Session implements AutoCloseable {
    static final RedisCommand<List<Object>> MGET = listCommand("MGET");
    static final RedisCommand<List<Object>> HMGET = listCommand("HMGET");
    static final RedisCommand<List<Object>> GETRANGE = new RedisCommand<>("GETRANGE", Collections::singletonList);
    static final RedisCommand<List<Object>> STRLEN = new RedisCommand<>("STRLEN", Collections::singletonList);
    static final RedisCommand<List<Object>> UNLINK = new RedisCommand<>("UNLINK", Collections::singletonList);
    static final RedisCommand<List<Object>> INFO = new RedisCommand<>("INFO", Collections::singletonList);
    static final RedisCommand<List<Object>> PTTL = new RedisCommand<>("PTTL", Collections::singletonList);
    static final RedisCommand<List<Object>> MEMORY_USAGE =
            new RedisCommand<>("MEMORY", "USAGE", Collections::singletonList);
    static final RedisCommand<List<Object>> OBJECT_IDLETIME =
            new RedisCommand<>("OBJECT", "IDLETIME", Collections::singletonList);
    static final RedisCommand<List<Object>> SLOWLOG = listCommand("SLOWLOG");
    static final RedisCommand<List<Object>> CONFIG = listCommand("CONFIG");
    static final RedisCommand<List<Object>> CLUSTER = new RedisCommand<>("CLUSTER", Collections::singletonList);
    static final RedisCommand<List<Object>> TIME = listCommand("TIME");
    static final RedisCommand<List<Object>> SCAN = listCommand("SCAN");
    static final RedisCommand<List<Object>> EVAL = listCommand("EVAL");
    static final RedisCommand<List<Object>> EVALSHA = listCommand("EVALSHA");

    /** Of scripts whose reply is one string of numbers. */
    static final RedisCommand<List<Object>> EVAL_PACKED = packedCommand("EVAL");

    static final RedisCommand<List<Object>> EVALSHA_PACKED = packedCommand("EVALSHA");

    private static final long CLOSE_MILLIS = 2_000;

    private final RedissonClient redisson;
    private final Executor events;
    private final CommandAsyncExecutor executor;
    private final OpenConnections open;
    private final boolean sharded;
    private final Troubles troubles;
    private final int[] slots = new int[Keyspace.PARTITIONS];
    private final ConcurrentMap<InetSocketAddress, Master> masters = new ConcurrentHashMap<>();

    /**
     * Takes over a client that is connected.
     *
     * @param events the threads of listeners that take longer than those of connections have for them
     * @param sharded whether messages go by sharded channels, on a cluster of version 7 or later
     */
    Session(RedissonClient redisson, Executor events, Keyspace keyspace, boolean sharded, Troubles troubles) {
        this.redisson = redisson;
        this.events = events;
        this.executor = ((Redisson) redisson).getCommandExecutor();
        this.open = new OpenConnections(
                connections().getServiceManager().getConfig().getMasterConnectionPoolSize());
        this.sharded = sharded;
        this.troubles = troubles;
        for (int partition = 0; partition < slots.length; partition++) {
            slots[partition] = connections().calcSlot(keyspace.chainKey(partition));
        }
    }

    /** Returns the number of outages of a partition; see {@link Troubles#of}. */
    long troubles(int partition) {
        return troubles.of(partition, () -> {
            Node node = node(partition);
            return node == null ? null : node.master().breaker();
        });
    }

    private static RedisCommand<List<Object>> listCommand(String name) {
        return new RedisCommand<>(name, new ObjectListReplayDecoder<>());
    }

    private static RedisCommand<List<Object>> packedCommand(String name) {
        return new RedisCommand<>(name, reply -> Numbers.unpacked((byte[]) reply));
    }

    private ConnectionManager connections() {
        return executor.getConnectionManager();
    }

    /** Tells whether one call may name keys of several partitions. */
    boolean servesAllPartitions() {
        return !connections().getServiceManager().getCfg().isClusterConfig();
    }

    /** Returns the command that publishes a message from a script. */
    String publish() {
        return sharded ? "SPUBLISH" : "PUBLISH";
    }

    /** Returns the servers that accept writes. */
    List<Node> nodes() {
        Collection<MasterSlaveEntry> entries = connections().getEntrySet();
        return entries.stream().map(this::node).toList();
    }

    /** Returns the server that accepts the writes of a partition, or null if at the moment none is known to. */
    @Nullable
    Node node(int partition) {
        MasterSlaveEntry entry = connections().getWriteEntry(slots[partition]);
        return entry == null ? null : node(entry);
    }

    private Node node(MasterSlaveEntry entry) {
        InetSocketAddress address = entry.getClient().getAddr();
        Master master = masters.get(address);
        return new Node(entry, master == null ? meet(address) : master);
    }

    private Master meet(InetSocketAddress address) {
        return masters.computeIfAbsent(address, at -> Master.at(at.getHostString() + ":" + at.getPort(), troubles));
    }

    /** Returns every server that was ever met here. */
    Collection<Master> masters() {
        return masters.values();
    }

    /** Sends a command to a server; the future fails with what Redisson reports. Never throws. */
    CompletableFuture<List<Object>> send(Node node, RedisCommand<List<Object>> command, Object... params) {
        RedisConnection connection = open.pick(node.entry());
        if (connection == null) {
            return sendByExecutor(node, command, params);
        }
        try {
            return new DirectCommand(command, params, () -> sendByExecutor(node, command, params)).send(connection);
        } catch (RuntimeException e) { // it is too long
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Has Redisson find or open a connection. What Netty leaves in the calling thread is taken away again: an application server's
     * thread would hold our class loader by it.
     */
    private CompletableFuture<List<Object>> sendByExecutor(
            Node node, RedisCommand<List<Object>> command, Object... params) {
        try {
            return executor.<List<Object>, List<Object>>writeAsync(
                            node.entry(), ByteArrayCodec.INSTANCE, command, params)
                    .toCompletableFuture();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        } finally {
            forget();
        }
    }

    private static void forget() {
        if (!(Thread.currentThread() instanceof LinkThread)) {
            FastThreadLocal.removeAll();
        }
    }

    /** Returns a channel of byte arrays. */
    RTopic topic(String channel) {
        return sharded
                ? redisson.getShardedTopic(channel, ByteArrayCodec.INSTANCE)
                : redisson.getTopic(channel, ByteArrayCodec.INSTANCE);
    }

    /** Tells whether messages go by sharded channels, each of which is where the keys of its hash tag are. */
    boolean isSharded() {
        return sharded;
    }

    /** Returns what runs one after the other what a thread of a connection has no time for. */
    Executor inOrder() {
        return new InOrder(events);
    }

    /** Subscribes to a channel, whose messages come by threads of their own; whoever asks does not wait. */
    CompletableFuture<?> subscribe(String channel, Consumer<byte[]> taking) {
        return subscribe(channel, taking, inOrder());
    }

    private CompletableFuture<?> subscribe(String channel, Consumer<byte[]> taking, Executor line) {
        try {
            return topic(channel)
                    .addListenerAsync(byte[].class, (name, message) -> line.execute(() -> taking.accept(message)))
                    .toCompletableFuture();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        } finally {
            forget();
        }
    }

    /** Likewise, and has {@code again} run whenever that is made anew. */
    CompletableFuture<?> subscribe(String channel, Consumer<byte[]> taking, Runnable again) {
        Executor line = inOrder();
        try {
            return topic(channel)
                    .addListenerAsync(new Resubscribed(() -> line.execute(again)))
                    .toCompletableFuture()
                    .thenCompose(id -> subscribe(channel, taking, line));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        } finally {
            forget();
        }
    }

    /** Redisson reports a subscription when it is made, and again each time it is made anew. */
    private static final class Resubscribed extends BaseStatusListener {
        private final AtomicBoolean made = new AtomicBoolean();
        private final Runnable again;

        private Resubscribed(Runnable again) {
            this.again = again;
        }

        @Override
        public void onSubscribe(String channel) {
            if (made.getAndSet(true)) {
                again.run();
            }
        }
    }

    /** Takes all subscriptions to a channel back. */
    CompletableFuture<?> unsubscribe(String channel) {
        try {
            return topic(channel).removeAllListenersAsync().toCompletableFuture();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        } finally {
            forget();
        }
    }

    /** Publishes by a channel of its own, not from a script. */
    CompletableFuture<?> publish(String channel, byte[] message) {
        try {
            return topic(channel).publishAsync(message).toCompletableFuture();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        } finally {
            forget();
        }
    }

    /** Returns what brings the messages of all channels of a pattern. */
    RPatternTopic pattern(String pattern) {
        return redisson.getPatternTopic(pattern, ByteArrayCodec.INSTANCE);
    }

    @Override
    public void close() {
        List<CommandData<?, ?>> underWay =
                OpenConnections.underWay(connections().getEntrySet());
        OpenConnections.await(underWay, CLOSE_MILLIS);
        redisson.shutdown(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        OpenConnections.end(underWay);
        forget();
    }

    /** A server that accepts writes, and what is known of it. */
    record Node(MasterSlaveEntry entry, Master master) {}
}
