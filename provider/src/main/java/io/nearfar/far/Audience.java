package io.nearfar.far;

import io.nearfar.invalidation.AudienceMessage;
import io.nearfar.invalidation.AudienceMessage.Wish;
import io.nearfar.invalidation.ChangeMessage;
import io.nearfar.key.Keyspace;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * Who is told of changes, with their values
 * =========================================
 * A node that listens to a cache says so by a channel that all nodes hear, at once and then every second, and whoever writes
 * believes it for five. So nobody has to ask, and where nobody listens nothing is sent: a script publishes to listeners if its
 * caller says that there are some, and else it is what it was. A node that dies is forgotten, a message that is lost is said
 * again, and a node that has just come learns within a second. Who listens for what expires, also here, has entries lie a while
 * after their end, where a reader meets them.
 *
 * Changes come by a channel of their own for all caches of the prefix, where channels are sharded by one for each partition: of
 * one key they come from one server, in the order of its writes. A node subscribes to them while it listens to some cache.
 *
 * A message that is lost is missed by nobody, but a node notices when it may have lost some: its connections were made anew, by us
 * or by Redisson, or it was silent for so long that others may have forgotten it. How many nobody knows; it counts as one for each
 * cache. Where we make connections anew, those of before are heard until the new ones are.
 */

/** Who on other nodes listens to caches of a prefix, and what this node hears of them. Safe for use by several threads. */
@SuppressWarnings("FutureReturnValueIgnored") // what cannot be subscribed to is told once, what is said is said again
final class Audience {
    /** That of who neither listens nor knows of anybody who does. */
    static final Audience NONE = new Audience(new Keyspace("none"), new LongAdder(), System::nanoTime);

    private static final Logger LOG = LoggerFactory.getLogger(Audience.class);

    private static final long REPEAT_MILLIS = 1_000;
    private static final long BELIEVED_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int MOST_NODES = 1_000;

    /** Who was silent for longer may have been forgotten. */
    private static final long REMEMBERED_NANOS = BELIEVED_NANOS - TimeUnit.SECONDS.toNanos(1);

    /** Connections that are made anew are so for many channels at the same time. */
    private static final long AT_ONCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Keyspace keyspace;
    private final LongAdder garbage;
    private final LongSupplier nanoTime;
    private final Object order = new Object();
    private final long node = ThreadLocalRandom.current().nextLong();
    private final Map<String, Ear> ears = new ConcurrentHashMap<>();
    private final Map<Long, Others> others = new HashMap<>();
    private final Set<String> expecting = ConcurrentHashMap.newKeySet();
    private volatile byte[] ofUsAlone;
    private volatile @Nullable KeyspaceEvents events;
    private final AtomicBoolean complained = new AtomicBoolean();
    private volatile Map<String, Word> words = Map.of();
    private @Nullable Session session;
    private @Nullable Session toldBy;
    private volatile @Nullable Session heardBy; // changed with order in hand, as is the next one
    private volatile @Nullable Handover handover;
    private CompletableFuture<?> left = CompletableFuture.completedFuture(null);
    private @Nullable ScheduledExecutorService threads;
    private boolean speaking;
    private boolean spoken;
    private long spokenAt;
    private boolean missed;
    private long missedAt;

    /** Who here listens to a cache, and is told when something may have been missed. */
    private record Ear(Wish wish, Consumer<ChangeMessage> taking, Runnable missing) {}

    /** To what another node listens, until it has not said so for too long. */
    private record Others(long until, Map<String, Wish> caches) {}

    /** What a script is told of those who listen to a cache, here as well if anybody does, and until when that is believed. */
    @SuppressWarnings("ArrayRecordComponent") // only carried
    private record Word(long until, Wish wish, byte[] ofOthers, byte[] ofAll) {}

    /** Creates one that knows of nobody; {@code garbage} counts messages that cannot be understood. */
    Audience(Keyspace keyspace, LongAdder garbage, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.keyspace = keyspace;
        this.garbage = garbage;
        this.ofUsAlone = word(Telling.EXPIRED_TO_US);
    }

    /** Returns what says who listens to a cache on other nodes, given by its stored name. */
    Telling of(String cache) {
        return () -> {
            Word word = words.get(cache);
            boolean ours = expecting.contains(cache);
            if (word == null || nanoTime.getAsLong() - word.until >= 0) {
                return ours ? ofUsAlone : null;
            }
            return ours ? word.ofAll : word.ofOthers;
        };
    }

    /** Has what is said again and again said by these threads, and what could not be subscribed to tried again. */
    synchronized void speakBy(ScheduledExecutorService speakers) {
        threads = speakers;
        if (toldBy != session) {
            speakOn();
        }
    }

    /**
     * Goes over to other connections. What cannot be subscribed to is told once, and no reason to do without the rest.
     *
     * @return what completes when changes come by them, or cannot: until then those of before bring them
     */
    synchronized CompletableFuture<?> attach(Session fresh) {
        boolean heard = heardBy != null;
        session = fresh;
        left = CompletableFuture.completedFuture(null);
        beTold(fresh);
        if (ears.isEmpty()) {
            hearBy(null, null);
            return left;
        }
        if (heard) {
            missed(nanoTime.getAsLong());
        }
        return listen(fresh);
    }

    private void hearBy(@Nullable Session current, @Nullable Handover from) {
        synchronized (order) {
            heardBy = current;
            handover = from;
        }
    }

    /** Whether others listen is to be known on every node, also where nobody does. */
    private void beTold(Session current) {
        toldBy = current;
        current.subscribe(keyspace.audienceChannel(), this::told).whenComplete((id, failure) -> {
            if (failure != null) {
                complain(failure);
                beToldLater(current);
            }
        });
    }

    /** Tells whether others can say here that they listen, or have been asked for that without an answer yet. */
    synchronized boolean isTold() {
        return toldBy != null;
    }

    private synchronized void beToldLater(Session current) {
        if (toldBy == current) {
            toldBy = null;
            speakOn();
        }
    }

    /**
     * Has changes of a cache, given by its stored name, told to {@code taking} that other nodes make from about now on, and
     * {@code missing} run when some may have been missed.
     */
    synchronized void hear(
            String cache, boolean oldValues, boolean expired, Consumer<ChangeMessage> taking, Runnable missing) {
        ears.put(cache, new Ear(new Wish(oldValues, expired, expired && events != null), taking, missing));
        Session current = session;
        if (current != null && current != heardBy) {
            listen(current);
        } else {
            speak();
        }
        speakOn();
    }

    /**
     * Has the texts of keys of a cache, given by its stored name, told to {@code ended} whose entry's time is over, if the servers say
     * so, and entries lie on after their end, until {@link #forgoExpired}.
     */
    void awaitExpired(String cache, Consumer<String> ended) {
        if (expecting.add(cache) && events != null) {
            events.hearEnds(cache, ended);
        }
    }

    /** Ends that. */
    void forgoExpired(String cache) {
        if (expecting.remove(cache) && events != null) {
            events.unhearEnds(cache);
        }
    }

    /** Has the servers' events tell when the time of entries is over; null if they are not listened to. */
    void hearEndsBy(@Nullable KeyspaceEvents source) {
        events = source;
        ofUsAlone = word(Telling.EXPIRED_TO_US | (source == null ? 0 : Telling.ENDS_HEARD));
    }

    /** Ends that; other nodes are told within a second, if this one goes on. */
    void unhear(String cache) {
        ears.remove(cache);
    }

    /** Nobody is asked to speak before this node can hear. */
    private CompletableFuture<?> listen(Session current) {
        Session before = heardBy;
        hearBy(current, before == null ? null : new Handover(before, nanoTime.getAsLong()));
        List<CompletableFuture<?>> heard = new ArrayList<>();
        for (String channel : channels(current)) {
            heard.add(left.thenCompose(
                    nothing -> current.subscribe(channel, bytes -> heard(current, bytes), () -> interrupted(current))));
        }
        return CompletableFuture.allOf(heard.toArray(new CompletableFuture<?>[0]))
                .handle((nothing, failure) -> {
                    if (failure == null) {
                        speak();
                    } else {
                        complain(failure);
                        leave(current);
                    }
                    return failure == null;
                });
    }

    /** Redisson has made connections anew. */
    private synchronized void interrupted(Session by) {
        long now = nanoTime.getAsLong();
        if (by == heardBy && (!missed || now - missedAt >= AT_ONCE_NANOS)) {
            missed(now);
        }
    }

    private void missed(long now) {
        missed = true;
        missedAt = now;
        ears.values().forEach(ear -> ear.missing.run());
    }

    /** Hears no more; what is subscribed to again later is so after that. */
    private synchronized void leave(Session current) {
        if (current == heardBy) {
            hearBy(null, null);
            left = CompletableFuture.allOf(
                            channels(current).stream().map(current::unsubscribe).toArray(CompletableFuture<?>[]::new))
                    .exceptionally(failure -> null);
        }
    }

    private List<String> channels(Session current) {
        List<String> channels = new ArrayList<>();
        for (int partition = 0; partition < (current.isSharded() ? Keyspace.PARTITIONS : 1); partition++) {
            channels.add(keyspace.heardChannel(partition));
        }
        return channels;
    }

    private void complain(Throwable failure) {
        if (complained.compareAndSet(false, true)) {
            LOG.warn(
                    "NF0315 {}: the channels by which listeners hear of other nodes cannot be subscribed to: listeners"
                            + " here, or those of other nodes, may hear of their own node alone: {}",
                    keyspace.audienceChannel(),
                    Failures.reason(failure));
        }
    }

    private void speakOn() {
        ScheduledExecutorService speakers = threads;
        if (speaking || speakers == null) {
            return;
        }
        try {
            speakers.scheduleWithFixedDelay(this::repeat, REPEAT_MILLIS, REPEAT_MILLIS, TimeUnit.MILLISECONDS);
            speaking = true;
        } catch (RejectedExecutionException e) {
            LOG.debug("{}: nobody is told of listeners any more: the manager is closed", keyspace.audienceChannel(), e);
        }
    }

    /** Says again who listens, listens anew where that has failed, or stops to where nobody does any more. */
    private synchronized void repeat() {
        Session heard = heardBy;
        Session current = session;
        if (toldBy == null && current != null) {
            beTold(current);
        }
        Handover going = handover;
        if (going != null && going.isOver(nanoTime.getAsLong())) {
            hearBy(heard, null);
        }
        if (!ears.isEmpty() && heard == null && current != null) {
            listen(current);
        } else if (!ears.isEmpty()) {
            speak();
        } else if (heard != null) {
            speak();
            leave(heard);
        }
    }

    private synchronized void speak() {
        Session current = session;
        if (current != null) {
            noteSpeaking(nanoTime.getAsLong());
            Map<String, Wish> caches = new HashMap<>();
            ears.forEach((cache, ear) -> caches.put(cache, ear.wish));
            current.publish(keyspace.audienceChannel(), new AudienceMessage(node, caches).bytes());
        }
    }

    private void noteSpeaking(long now) {
        boolean listening = !ears.isEmpty();
        if (listening && spoken && now - spokenAt > REMEMBERED_NANOS) {
            missed(now);
        }
        spoken = listening;
        spokenAt = now;
    }

    private void heard(Session by, byte[] bytes) {
        ChangeMessage message = ChangeMessage.read(bytes);
        if (message == null) {
            garbage.increment();
            return;
        }
        Ear ear = message.node() == node ? null : ears.get(message.cache());
        if (ear != null) {
            take(by, ear, message);
        }
    }

    private void take(Session by, Ear ear, ChangeMessage message) {
        synchronized (order) {
            Handover going = handover;
            boolean heard = by == heardBy || (going != null && going.isFrom(by));
            if (heard && (going == null || going.isNews(message))) {
                ear.taking.accept(message);
            }
        }
    }

    private synchronized void told(byte[] bytes) {
        AudienceMessage message = AudienceMessage.read(bytes);
        if (message == null) {
            garbage.increment();
        } else if (message.node() != node) {
            note(message, nanoTime.getAsLong());
        }
    }

    private void note(AudienceMessage message, long now) {
        others.values().removeIf(each -> each.until - now <= 0);
        others.remove(message.node());
        if (!message.caches().isEmpty() && others.size() < MOST_NODES) {
            others.put(message.node(), new Others(now + BELIEVED_NANOS, message.caches()));
        }
        Map<String, Word> heard = new HashMap<>();
        others.values()
                .forEach(each ->
                        each.caches.forEach((cache, wish) -> heard.merge(cache, word(each.until, wish), this::both)));
        words = Map.copyOf(heard);
    }

    private Word both(Word one, Word other) {
        long longer = one.until - other.until > 0 ? one.until : other.until;
        return word(longer, one.wish.or(other.wish));
    }

    private Word word(long until, Wish wish) {
        int wishes = Telling.OTHERS
                | (wish.oldValues() ? Telling.OLD_VALUES : 0)
                | (wish.expired() ? Telling.EXPIRED_TO_OTHERS : 0)
                | (wish.hearsEnds() ? Telling.ENDS_HEARD : 0);
        int ours = Telling.EXPIRED_TO_US | (events == null ? 0 : Telling.ENDS_HEARD);
        return new Word(until, wish, word(wishes), word(wishes | ours));
    }

    /** Returns what prelude.lua takes apart. */
    private byte[] word(int wishes) {
        Session current = session;
        boolean sharded = current != null && current.isSharded();
        byte[] channel = (sharded ? keyspace.heardSuffix() : keyspace.heardChannel(0)).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 + Long.BYTES + channel.length)
                .put((byte) '\n')
                .put((byte) ('0' + wishes))
                .putLong(node)
                .put(channel)
                .array();
    }
}
