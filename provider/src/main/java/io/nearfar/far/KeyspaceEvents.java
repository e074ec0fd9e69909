package io.nearfar.far;

import io.nearfar.far.Session.Node;
import io.nearfar.invalidation.Invalidation;
import io.nearfar.invalidation.InvalidationSink;
import io.nearfar.key.Keyspace;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RPatternTopic;
import org.redisson.api.listener.PatternStatusListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears from the servers at which entries something happened, by whomever. One pattern brings the events of all caches
 * of the prefix and of nothing else; each master tells of its own keys only. What a server sends cannot be asked for
 * without a right that a cache should not have: so the messages of writes are counted which no event came with.
 */
final class KeyspaceEvents implements InvalidationSink {
    private static final byte[] EXPIRED = "expired".getBytes(StandardCharsets.US_ASCII);

    private static final Logger LOG = LoggerFactory.getLogger(KeyspaceEvents.class);

    /** So many writes of a partition in a row without an event are no chance any more, if the first is long ago. */
    static final int SILENCE = 20;

    /** Messages and events come by two connections, each at its own pace. */
    private static final long LONG_AGO = TimeUnit.SECONDS.toNanos(3);

    private final Keyspace keyspace;
    private final Consumer<Integer> resubscribed;
    private final Map<String, Ear> ears = new ConcurrentHashMap<>();
    private final Map<String, Ear> endEars = new ConcurrentHashMap<>();
    private final AtomicIntegerArray silent = new AtomicIntegerArray(Keyspace.PARTITIONS);
    private final AtomicLongArray silentSince = new AtomicLongArray(Keyspace.PARTITIONS);
    private final AtomicBoolean complained = new AtomicBoolean();
    private volatile Set<Master> speakers = Set.of();

    /** Who wants to hear of the entries of a cache. */
    private record Ear(String cache, Consumer<String> changed) {}

    /** Creates one; {@code resubscribed} is told of each partition whose events may have been missed. */
    KeyspaceEvents(Keyspace keyspace, Consumer<Integer> resubscribed) {
        this.keyspace = keyspace;
        this.resubscribed = resubscribed;
    }

    /** Has the texts of the keys at whose entries something happens told to {@code changed}, from now on. */
    void hear(String cache, Consumer<String> changed) {
        ears.put(keyspace.inNames(cache), new Ear(cache, changed));
    }

    /** Ends that; whoever has begun to hear of the cache later goes on. */
    void unhear(String cache, Consumer<String> changed) {
        ears.remove(keyspace.inNames(cache), new Ear(cache, changed));
    }

    /** Has the texts of the keys told to {@code ended} of which a server says that the time of the entry is over, from now on. */
    void hearEnds(String cache, Consumer<String> ended) {
        endEars.put(keyspace.inNames(cache), new Ear(cache, ended));
    }

    /** Ends that. */
    void unhearEnds(String cache) {
        endEars.remove(keyspace.inNames(cache));
    }

    /** Subscribes at every master that there is now; the result, when all have confirmed, is whom {@link #attached} is told. */
    CompletableFuture<Set<Master>> attach(Session session) {
        Set<Master> asked = masters(session);
        RPatternTopic topic = session.pattern(keyspace.eventPattern());
        Executor line = session.inOrder();
        return topic.addListenerAsync(
                        byte[].class, (pattern, channel, event) -> line.execute(() -> heard(channel.toString(), event)))
                .toCompletableFuture()
                .thenCompose(id -> topic.addListenerAsync(new Status(line)).toCompletableFuture())
                .thenApply(id -> asked);
    }

    /** These are listened to from now on. Not before the whole session is: the one of before stays, if it fails. */
    void attached(Set<Master> masters) {
        speakers = masters;
    }

    /**
     * Tells whether those that speak now are those at which {@link #attach} subscribed. Where there is one master, Redisson
     * subscribes anew at what takes its place.
     */
    boolean isAttachedTo(Session session) {
        return session.servesAllPartitions() || speakers.equals(masters(session));
    }

    private static Set<Master> masters(Session session) {
        return session.nodes().stream().map(Node::master).collect(Collectors.toUnmodifiableSet());
    }

    private void heard(String channel, byte[] event) {
        String name = keyspace.eventSubject(channel);
        String ended = keyspace.endedEntry(name);
        if (ended == null) {
            changed(name);
        } else if (Arrays.equals(event, EXPIRED)) {
            tell(endEars.get(keyspace.cacheIn(ended)), ended);
        }
    }

    private void changed(String name) {
        int partition = keyspace.partitionIn(name);
        if (partition >= 0) {
            silent.set(partition, 0);
        }
        tell(ears.get(keyspace.cacheIn(name)), name);
    }

    private void tell(@Nullable Ear ear, String name) {
        String text = ear == null ? null : keyspace.entryText(ear.cache, name);
        if (ear != null && text != null) {
            ear.changed.accept(text);
        }
    }

    @Override
    public void received(Invalidation message) {
        if (message.kind() == Invalidation.Kind.ENTRIES
                && isSilent(message.partition(), System.nanoTime())
                && complained.compareAndSet(false, true)) {
            LOG.warn(
                    "NF0313 {}: nearfar.keyspace-events is on, and {} writes have come without an event: what other"
                            + " programs change is seen when nearfar.near.ttl is over. Have every server send them:"
                            + " notify-keyspace-events Kg$xe",
                    keyspace.chainKey(message.partition()),
                    SILENCE);
        }
    }

    private boolean isSilent(int partition, long now) {
        int writes = silent.incrementAndGet(partition);
        if (writes == 1) {
            silentSince.set(partition, now);
        }
        return writes >= SILENCE && now - silentSince.get(partition) >= LONG_AGO;
    }

    @Override
    public void resubscribed(int partition) {}

    @Override
    public void unreadable(int partition) {}

    /** What happened while nobody listened is not known. */
    private final class Status implements PatternStatusListener {
        private final Executor line;

        private Status(Executor line) {
            this.line = line;
        }

        @Override
        public void onPSubscribe(String pattern) {
            line.execute(() -> {
                for (int partition = 0; partition < Keyspace.PARTITIONS; partition++) {
                    resubscribed.accept(partition);
                }
            });
        }

        @Override
        public void onPUnsubscribe(String pattern) {}
    }
}
