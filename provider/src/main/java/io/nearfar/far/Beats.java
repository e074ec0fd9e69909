package io.nearfar.far;

import io.nearfar.entry.Version;
import io.nearfar.far.Session.Node;
import io.nearfar.far.Ticks.Tick;
import io.nearfar.invalidation.BeatSink;
import io.nearfar.key.Keyspace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The beats of all masters. Used by the link's thread alone, but for {@link #add} and {@link #microsAt}, which anybody
 * may call.
 */
final class Beats implements BeatSink {
    private static final Logger LOG = LoggerFactory.getLogger(Beats.class);

    private final Keyspace keyspace;
    private final Executor thread;
    private final long deadlineNanos;
    private final List<BeatSink> sinks = new CopyOnWriteArrayList<>();
    private final Map<Master, MasterBeat> masters = new HashMap<>();
    private volatile long offset =
            TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()) - System.nanoTime() / 1000;

    Beats(Keyspace keyspace, Executor thread, Duration deadline) {
        this.keyspace = keyspace;
        this.thread = thread;
        this.deadlineNanos = deadline.toNanos();
    }

    void add(BeatSink sink) {
        sinks.add(sink);
    }

    /** Returns the latest that the servers' clocks can show at that instant; before any was read, this machine's. */
    long microsAt(long nanoTime) {
        return nanoTime / 1000 + offset;
    }

    /** Lets each master beat that is due to, and forgets those that are none any more. */
    void tick(Session session, Tick tick) {
        if (tick.isOfBeats()) {
            tell(sink -> sink.ticking(tick.now()));
        }
        Map<Node, List<Integer>> shares = shares(session);
        shares.forEach((node, partitions) -> beatOf(node).tick(session, node, partitions, tick));
        List<Master> present = shares.keySet().stream().map(Node::master).toList();
        masters.keySet().retainAll(present);
        learnTime(present);
    }

    /** Begins a beat of each master at once; the future completes when all have ended. */
    CompletableFuture<?> round(Session session) {
        List<CompletableFuture<?>> rounds = new ArrayList<>();
        shares(session).forEach((node, partitions) -> rounds.add(beatOf(node).begin(session, node, partitions)));
        return CompletableFuture.allOf(rounds.toArray(new CompletableFuture<?>[0]));
    }

    private MasterBeat beatOf(Node node) {
        return masters.computeIfAbsent(
                node.master(),
                master -> new MasterBeat(
                        master, keyspace, this, () -> learnTime(masters.keySet()), thread, deadlineNanos));
    }

    /** Returns the masters with the partitions of each; the chains are asked for only if somebody wants to know. */
    private Map<Node, List<Integer>> shares(Session session) {
        Map<Node, List<Integer>> shares = new HashMap<>();
        if (sinks.isEmpty()) {
            session.nodes().forEach(node -> shares.put(node, List.of()));
            return shares;
        }
        for (int partition = 0; partition < Keyspace.PARTITIONS; partition++) {
            Node node = session.node(partition);
            if (node != null) {
                shares.computeIfAbsent(node, any -> new ArrayList<>()).add(partition);
            }
        }
        return shares;
    }

    /** The time is that of the servers that accept writes now, of several the latest; not of those that once did. */
    void learnTime(Iterable<Master> present) {
        long latest = Long.MIN_VALUE;
        for (Master master : present) {
            if (master.clock().isKnown()) {
                latest = Math.max(latest, master.clock().latestOffset());
            }
        }
        if (latest != Long.MIN_VALUE) {
            offset = latest;
        }
    }

    @Override
    public void asking(int partition, long sentAt) {
        tell(sink -> sink.asking(partition, sentAt));
    }

    @Override
    public void answered(int partition, long sentAt, @Nullable Version chain) {
        tell(sink -> sink.answered(partition, sentAt, chain));
    }

    private void tell(Consumer<BeatSink> news) {
        for (BeatSink sink : sinks) {
            try {
                news.accept(sink);
            } catch (RuntimeException e) {
                LOG.error("NF0309 a sink of beats failed: {}", sink, e);
            }
        }
    }
}
