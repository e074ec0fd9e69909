package io.nearfar.far;

import io.nearfar.far.Session.Node;
import io.nearfar.invalidation.Invalidation;
import io.nearfar.invalidation.InvalidationSink;
import io.nearfar.invalidation.Wire;
import io.nearfar.key.Keyspace;
import io.nearfar.key.StoredName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RTopic;
import org.redisson.api.listener.BaseStatusListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the messages of all partitions to the sinks. One channel for each partition, each by its own name: Redisson
 * keeps the order within a channel, names cost the server no pattern matching, and sharded channels know no patterns.
 */
final class Bus implements Hearing {
    private static final Logger LOG = LoggerFactory.getLogger(Bus.class);

    private static final long HANDOVER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Keyspace keyspace;
    private final List<InvalidationSink> sinks = new CopyOnWriteArrayList<>();
    private final @Nullable KeyspaceEvents events;
    private final @Nullable Audience audience;

    /** Creates one that has no subscriptions yet; {@code keyspaceEvents} says whether it brings those as well. */
    Bus(Keyspace keyspace, boolean keyspaceEvents) {
        this(keyspace, keyspaceEvents, null);
    }

    /** Creates one that also brings word of listeners of other nodes, and them of changes here. */
    Bus(Keyspace keyspace, boolean keyspaceEvents, @Nullable Audience audience) {
        this.audience = audience;
        this.keyspace = keyspace;
        this.events = keyspaceEvents ? new KeyspaceEvents(keyspace, this::resubscribed) : null;
        if (events != null) {
            sinks.add(events);
        }
    }

    /** Returns what brings the servers' keyspace events, or null if nobody wants them. */
    @Nullable
    KeyspaceEvents events() {
        return events;
    }

    void add(InvalidationSink sink) {
        sinks.add(sink);
    }

    /**
     * {@inheritDoc} The first channel of each server goes ahead: it makes the connection that the others then share, which
     * would else ask for one each and wait for those in vain.
     */
    @Override
    public void attach(Session session, long nanos) throws TimeoutException, ExecutionException {
        long until = System.nanoTime() + nanos;
        Set<Master> connected = new HashSet<>();
        List<CompletableFuture<?>> confirmed = new ArrayList<>();
        for (int partition = 0; partition < Keyspace.PARTITIONS; partition++) {
            CompletableFuture<?> attached = attach(session, partition);
            Node node = session.node(partition);
            if (node != null && connected.add(node.master())) {
                Waiting.get(attached, until);
            }
            confirmed.add(attached);
        }
        CompletableFuture<Set<Master>> speaking =
                events == null ? CompletableFuture.completedFuture(Set.of()) : events.attach(session);
        confirmed.add(speaking);
        Waiting.get(CompletableFuture.allOf(confirmed.toArray(new CompletableFuture<?>[0])), until);
        if (events != null) {
            events.attached(speaking.join());
        }
        if (audience != null) {
            handOver(audience.attach(session), until);
        }
        for (int partition = 0; partition < Keyspace.PARTITIONS; partition++) {
            resubscribed(partition);
        }
    }

    /** The connections of before are closed after this; what listeners hear is not worth waiting for it for long. */
    private void handOver(CompletableFuture<?> heard, long until) throws ExecutionException {
        long now = System.nanoTime();
        try {
            Waiting.get(heard, now + Math.min(until - now, HANDOVER_NANOS));
        } catch (TimeoutException e) {
            LOG.debug("{}: listeners do not hear of other nodes yet", keyspace.audienceChannel(), e);
        }
    }

    @Override
    public boolean isAttachedTo(Session session) {
        return events == null || events.isAttachedTo(session);
    }

    private CompletableFuture<?> attach(Session session, int partition) {
        RTopic topic = session.topic(keyspace.channel(partition));
        return topic.addListenerAsync(byte[].class, (channel, message) -> received(partition, message))
                .toCompletableFuture()
                .thenCompose(id -> topic.addListenerAsync(new Status(partition)).toCompletableFuture());
    }

    private void received(int partition, byte[] bytes) {
        Invalidation message = Wire.read(partition, bytes);
        if (message == null) {
            tell(sink -> sink.unreadable(partition));
        } else {
            tell(sink -> deliver(message, sink));
        }
    }

    /** A sink that could not take a message in is told that it does not know what the message named. */
    private static void deliver(Invalidation message, InvalidationSink sink) {
        try {
            sink.received(message);
        } catch (RuntimeException e) {
            LOG.error(
                    "NF0307 {}: a message of kind {} about {} names, of partition {}, could not be taken in",
                    StoredName.told(message.cache()),
                    message.kind(),
                    message.names().size(),
                    message.partition(),
                    e);
            sink.unreadable(message.partition());
        }
    }

    private void resubscribed(int partition) {
        LOG.debug("{}: subscribed", keyspace.channel(partition));
        tell(sink -> sink.resubscribed(partition));
    }

    private void tell(Consumer<InvalidationSink> news) {
        for (InvalidationSink sink : sinks) {
            try {
                news.accept(sink);
            } catch (RuntimeException e) {
                LOG.error("NF0308 a sink of messages failed: {}", sink, e);
            }
        }
    }

    /** Redisson reports a subscription when it is made, and again each time it is made anew. */
    private final class Status extends BaseStatusListener {
        private final int partition;

        private Status(int partition) {
            this.partition = partition;
        }

        @Override
        public void onSubscribe(String channel) {
            resubscribed(partition);
        }
    }
}
