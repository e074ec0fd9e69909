package io.nearfar.far;

import io.nearfar.entry.NeedsThreadException;
import io.nearfar.far.Session.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads of single keys that come while others are under way share the next call: a call costs this process far more than the
 * keys in it. A read that finds none under way is sent at once, by itself. Else it waits until that is answered, and
 * all that wait go as one MGET, sent by the thread that has brought that answer.
 *
 * <p>Nobody gets an answer to a question that was sent before his read began: a read joins those that wait, never those that
 * are under way, and its keys are put into the call when that is sent. Entry and meta of a read are in the same call.
 *
 * <p>Nobody waits long for others. So many may be under way that by the way to the server one is answered every
 * {@link #SPACING}. Who comes when the last was sent {@link #OVERDUE} ago goes at once, and so does who has waited for {@link
 * #PATIENCE}, both with all that wait. Deadline, second question and failure are each reader's own, and that second question
 * is a call by itself. Safe for use by several threads.
 */
final class ReadBatcher {
    /** More reads are not in one call. */
    static final int MOST_READS = 64;

    /** Nor reads of more bytes, by what their entries have come to of late. */
    static final long MOST_BYTES = 1 << 18;

    /** So many reads go by themselves after a call of several was refused, perhaps because of one of them. */
    static final int APART_AFTER_REFUSAL = 1_000;

    static final long SPACING = TimeUnit.MICROSECONDS.toNanos(50);

    /** A wait of a millisecond or two would cost each reader a timer of its own, and a fifth of what is gained here. */
    static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(20);

    /** What was sent so long ago, and is not answered, keeps nobody who comes. */
    static final long OVERDUE = TimeUnit.MILLISECONDS.toNanos(2);

    /** A way that becomes longer is believed after some thousand answers, one that becomes shorter after one. */
    private static final int MEMORY = 1_024;

    private final Server server;
    private final LongSupplier nanoTime;
    private final Queue<Turn> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger apart = new AtomicInteger();

    /** How long the way to the server and back takes at the least, 0 if nobody knows. */
    private volatile long shortest;

    private volatile long lastSent;

    /** Sends an MGET to a server. */
    interface Server {
        /** Begins the call; never throws. */
        CompletableFuture<List<Object>> mget(Node node, Object... keys);
    }

    /**
     * Creates one with nothing under way.
     *
     * @param server has the keys of all partitions
     * @param nanoTime a clock in nanoseconds
     */
    ReadBatcher(Server server, LongSupplier nanoTime) {
        this.server = server;
        this.nanoTime = nanoTime;
    }

    /** One read: what entry and meta come to, each null if it is not there. */
    final class Turn extends CompletableFuture<List<Object>> {
        private final Node node;
        private final String entry;
        private final String meta;
        private final long bytes;
        private volatile boolean sent;

        private Turn(Node node, String entry, String meta, long bytes) {
            this.node = node;
            this.entry = entry;
            this.meta = meta;
            this.bytes = bytes;
        }

        /** Tells whether it is under way, or has been. */
        boolean isSent() {
            return sent;
        }

        /** Sends it if it still waits, with those that wait before it. */
        void hurry() {
            while (!sent && !waiting.isEmpty()) {
                underWay.incrementAndGet();
                sendNext();
            }
        }

        private void settle(@Nullable List<Object> reply, @Nullable Throwable failure) {
            if (failure == null) {
                complete(reply);
            } else {
                completeExceptionally(failure);
            }
        }
    }

    /** Returns how many calls are under way. */
    int underWay() {
        return underWay.get();
    }

    /** Returns how many reads wait to be sent. */
    int waiting() {
        return waiting.size();
    }

    /**
     * Begins to read one key.
     *
     * @param bytes what the entry may come to
     */
    Turn read(Node node, String entry, String meta, long bytes) {
        Turn turn = new Turn(node, entry, meta, bytes);
        if (isApart()) {
            alone(turn);
        } else if (begin()) {
            send(turn);
        } else {
            waiting.add(turn);
            if (begin()) {
                sendNext(); // what was under way has ended in between, and has not seen it
            } else if (nanoTime.getAsLong() - lastSent > OVERDUE) {
                turn.hurry();
            }
        }
        return turn;
    }

    private boolean isApart() {
        return apart.get() > 0 && apart.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    /** Counts one more call, unless there are enough. */
    private boolean begin() {
        int most = allowed();
        for (int now = underWay.get(); now < most; now = underWay.get()) {
            if (underWay.compareAndSet(now, now + 1)) {
                return true;
            }
        }
        return false;
    }

    /** Returns how many may be under way. */
    int allowed() {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, shortest / SPACING));
    }

    private void learn(long nanos) {
        long before = shortest;
        shortest = before == 0 || nanos < before ? nanos : before + (nanos - before) / MEMORY;
    }

    /** Sends those that wait by a call that is counted already, or counts it back. */
    private void sendNext() {
        do {
            Turn first = waiting.poll();
            if (first != null) {
                send(first);
                return;
            }
            underWay.decrementAndGet();
        } while (!waiting.isEmpty() && begin());
    }

    /** Sends one, and what waits. */
    private void send(Turn first) {
        Turn second = waiting.isEmpty() ? null : waiting.poll();
        if (second == null) {
            first.sent = true;
            long sentAt = sendingNow();
            server.mget(first.node, first.entry, first.meta).whenComplete((reply, failure) -> {
                answered(sentAt, failure);
                first.settle(reply, failure);
            });
            return;
        }
        Batch batch = new Batch(first);
        for (Turn next = second; next != null; next = batch.hasRoom() ? waiting.poll() : null) {
            batch.add(next);
        }
        long sentAt = sendingNow();
        server.mget(first.node, batch.keys()).whenComplete((reply, failure) -> {
            answered(sentAt, failure);
            settle(batch, reply, failure);
        });
    }

    private long sendingNow() {
        long sentAt = nanoTime.getAsLong();
        lastSent = sentAt;
        return sentAt;
    }

    /** Sends the next before those that were answered are told: they are many, and it takes until they have been woken. */
    private void answered(long sentAt, @Nullable Throwable failure) {
        if (failure == null) {
            learn(nanoTime.getAsLong() - sentAt);
        }
        sendNext();
    }

    private void settle(Batch batch, @Nullable List<Object> reply, @Nullable Throwable failure) {
        if (reply != null) {
            batch.split(reply);
        } else if (failure != null && Failures.isRefusal(NeedsThreadException.cause(failure))) {
            apart.set(APART_AFTER_REFUSAL);
            batch.each(this::alone);
        } else {
            batch.each(turn -> turn.settle(null, failure));
        }
    }

    private void alone(Turn turn) {
        turn.sent = true;
        server.mget(turn.node, turn.entry, turn.meta).whenComplete(turn::settle);
    }

    /** Several reads in one call, each meta in it once. */
    private static final class Batch {
        private final List<Place> places = new ArrayList<>();
        private final List<Object> keys = new ArrayList<>();
        private final Map<String, Integer> metas = new HashMap<>();
        private long bytes;

        /** Where entry and meta of a read stand. */
        private record Place(Turn turn, int entry, int meta) {}

        private Batch(Turn first) {
            add(first);
        }

        private void add(Turn turn) {
            turn.sent = true;
            bytes += turn.bytes;
            int entry = keys.size();
            keys.add(turn.entry);
            Integer known = metas.putIfAbsent(turn.meta, keys.size());
            int meta = known == null ? keys.size() : known;
            if (known == null) {
                keys.add(turn.meta);
            }
            places.add(new Place(turn, entry, meta));
        }

        private boolean hasRoom() {
            return places.size() < MOST_READS && bytes < MOST_BYTES;
        }

        private Object[] keys() {
            return keys.toArray();
        }

        private void split(List<Object> reply) {
            places.forEach(place -> place.turn.complete(Arrays.asList(reply.get(place.entry), reply.get(place.meta))));
        }

        private void each(Consumer<Turn> told) {
            places.forEach(place -> told.accept(place.turn));
        }
    }
}
