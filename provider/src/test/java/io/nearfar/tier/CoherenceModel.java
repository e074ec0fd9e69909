package io.nearfar.tier;

import io.nearfar.entry.Entry;
import io.nearfar.entry.Version;
import io.nearfar.invalidation.Invalidation;
import io.nearfar.invalidation.Invalidation.Kind;
import io.nearfar.near.Fill;
import io.nearfar.near.NearCommons;
import io.nearfar.near.NearTier;
import io.nearfar.observe.CacheSignals;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.TextFormat;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One node, whose near tier, streams and leases are the real ones, with one key in one partition, among a far tier, a
 * network and a clock that are models: each step happens when it is asked for, and nothing happens by itself.
 */
final class CoherenceModel {
    static final long LEASE = 1_000;
    /** A step of time is longer than the lease: what is not verified anew is not served any more. */
    static final long PASSING = LEASE + 100;

    private static final Version NOWHERE = new Version(0, 0);
    private static final String KEY = "k";
    private static final String NEIGHBOUR = "n";

    /** What takes its next step. */
    enum Actor {
        /** Another node writes the key, or its neighbour. */
        WRITER,
        /** The next message comes, or is lost on a connection that stays. */
        NETWORK,
        /** A read: token, far read, insert. */
        READER,
        /** An own write: token, far write, insert. */
        OWN_WRITER,
        /** A beat: question, what the far tier says, its answer. */
        BEAT,
        /**
         * The far tier is emptied, or another server takes its place that lacks the last write. Its message is lost with it,
         * and no other comes until the link was made anew, for nobody has subscribed to that server.
         */
        FLUSH,
        /** The connection of the messages breaks, and is made anew. */
        LINK,
        /** Time passes. */
        TIME;

        int outcomes() {
            return this == NETWORK || this == WRITER || this == FLUSH ? 2 : 1;
        }
    }

    /** A write and when it was acknowledged. */
    private record Write(Version version, long acknowledged) {}

    private final InvalidationRouter router = new InvalidationRouter(1, Duration.ofMillis(LEASE), () -> {});
    private final TextFormat format = new TextFormat();
    private final NearTier<String, String> near;
    private final ArrayDeque<Invalidation> onTheWay = new ArrayDeque<>();
    private final List<Write> writes = new ArrayList<>();
    private long now = System.nanoTime() / 1_000_000;
    private long stamps = 1_000;
    private int written;

    private @Nullable Version chain;
    private @Nullable Entry<String> stored;
    private @Nullable Version chainBefore;
    private @Nullable Entry<String> storedBefore;

    private int reading;
    private @Nullable Fill<String> read;
    private @Nullable Entry<String> found;

    private int writing;
    private @Nullable Fill<String> own;
    private @Nullable Entry<String> ownEntry;

    private int beating;
    private long sentAt;
    private @Nullable Version chainSeen;

    CoherenceModel() {
        NearCommons commons = new NearCommons(router.leases(), nanos -> nanos / 1_000, this::nanos, router::regressed);
        near = new NearTier<>(FarSetups.cache("c"), commons, new CacheSignals("c"), key -> key, text -> text);
        router.add("c", near);
        beat();
        beat();
        beat();
    }

    private long nanos() {
        return now * 1_000_000;
    }

    void step(Actor actor, int outcome) {
        switch (actor) {
            case WRITER -> write(outcome == 0);
            case NETWORK -> deliver(outcome == 0);
            case READER -> read();
            case OWN_WRITER -> writeOwn();
            case BEAT -> beat();
            case FLUSH -> lose(outcome == 0);
            case LINK -> breakLink();
            case TIME -> now += PASSING;
        }
    }

    private void write(boolean ourKey) {
        if (ourKey) {
            writes.add(new Write(write().version(), now));
        } else {
            publish(NEIGHBOUR);
        }
    }

    private Entry<String> write() {
        Version version = publish(KEY);
        stored = new Entry<>(format.keep("v" + written), version, 0, Entry.NEVER);
        return stored;
    }

    private Version publish(String key) {
        chainBefore = chain;
        storedBefore = stored;
        Version previous = chain == null ? NOWHERE : chain;
        written++;
        chain = new Version(++stamps, written);
        send(new Invalidation(0, previous, chain, Kind.ENTRIES, "c", List.of(key)));
        return chain;
    }

    private void deliver(boolean comes) {
        Invalidation message = onTheWay.poll();
        if (message != null && comes) {
            router.received(message);
        }
    }

    private void read() {
        switch (reading++ % 3) {
            case 0 -> read = near.begin(KEY, KEY, true, 0);
            case 1 -> found = stored;
            default -> near.complete(read, found);
        }
    }

    private void writeOwn() {
        switch (writing++ % 3) {
            case 0 -> own = near.begin(KEY, KEY, true, 0);
            case 1 -> ownEntry = write();
            default -> {
                near.complete(own, ownEntry.version(), ownEntry);
                acknowledge(ownEntry.version());
            }
        }
    }

    /** The answer to a write can come when the write has been lost already. */
    private void acknowledge(Version version) {
        if (losses.stream().noneMatch(loss -> loss.includes(version.stamp()))) {
            writes.add(new Write(version, now));
        }
    }

    private void beat() {
        switch (beating++ % 3) {
            case 0 -> {
                sentAt = nanos();
                router.asking(0, sentAt);
            }
            case 1 -> chainSeen = chain;
            default -> answerBeat();
        }
    }

    private void answerBeat() {
        router.answered(0, sentAt, chainSeen);
        if (chainSeen == null) {
            found();
        }
    }

    /** As found.lua: whoever comes first begins the chain. */
    private void found() {
        if (chain == null) {
            chain = new Version(++stamps, -1);
            send(new Invalidation(0, NOWHERE, chain, Kind.ENTRIES, "", List.of()));
        }
        router.answered(0, sentAt, chain);
    }

    /** What was written before is lost, and no promise holds for it any more but that it goes. */
    private void lose(boolean everything) {
        chain = everything ? null : chainBefore;
        stored = everything ? null : storedBefore;
        if (everything) {
            chainBefore = null;
            storedBefore = null;
        } else {
            onTheWay.clear();
            subscribed = false;
        }
        long kept = chain == null ? 0 : chain.stamp();
        writes.removeIf(write -> write.version().stamp() > kept);
        losses.add(new Loss(kept, stamps, now));
    }

    /** Writes of these stamps, the first excluded, were lost then. */
    private record Loss(long kept, long last, long at) {
        boolean includes(long stamp) {
            return stamp > kept && stamp <= last;
        }
    }

    private final List<Loss> losses = new ArrayList<>();
    private boolean subscribed = true;

    private void send(Invalidation message) {
        if (subscribed) {
            onTheWay.add(message);
        }
    }

    private void breakLink() {
        onTheWay.clear();
        subscribed = true;
        router.resubscribed(0);
    }

    @Nullable
    Entry<String> served() {
        return near.get(KEY);
    }

    /** Returns for how long what is served has been outdated; 0 if it is not, or nothing is served. */
    long staleness() {
        return staleness(served());
    }

    long stalenessOfWhatIsKept() {
        return staleness(near.getStale(KEY));
    }

    private long staleness(@Nullable Entry<String> entry) {
        long staleness = 0;
        if (entry == null) {
            return staleness;
        }
        long stamp = entry.version().stamp();
        for (Write write : writes) {
            if (write.version().stamp() > stamp) {
                staleness = Math.max(staleness, now - write.acknowledged());
            }
        }
        for (Loss loss : losses) {
            staleness = loss.includes(stamp) ? Math.max(staleness, now - loss.at()) : staleness;
        }
        return staleness;
    }

    /** Throws if what is served is older than the lease allows; returns whether anything was served. */
    boolean check(List<String> path) {
        Entry<String> served = served();
        long staleness = staleness(served);
        if (staleness >= LEASE) {
            throw new AssertionError(served + " is served " + staleness
                    + " ms after it was overtaken, at the end of or in " + path + "; writes " + writes);
        }
        return served != null;
    }
}
