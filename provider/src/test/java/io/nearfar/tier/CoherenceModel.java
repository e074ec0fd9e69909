package io.nearfar.tier;

import io.nearfar.entry.Attributes;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Version;
import io.nearfar.invalidation.Invalidation;
import io.nearfar.invalidation.Invalidation.Kind;
import io.nearfar.key.Glob;
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
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
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
    private static final String PATTERN = "k*";
    private static final String TAG = "red";
    private static final Attributes TAGGED = Attributes.of(List.of(TAG), Attributes.AS_CONFIGURED);

    /** What takes its next step. */
    enum Actor {
        /** Another node writes the key, or its neighbour. */
        WRITER,
        /** The next message comes, or is lost on a connection that stays. */
        NETWORK,
        /** Another node removes the key. */
        REMOVER,
        /** A read: token, far read, insert. */
        READER,
        /** The same in another thread. */
        SECOND_READER,
        /** An own write: token, far write, insert. */
        OWN_WRITER,
        /** An own removal: token, far removal, removal. */
        OWN_REMOVER,
        /** Another node invalidates the tag that the entry carries. */
        TAGGER,
        /** An own invalidation of it: what is known, far tier, near tier. */
        OWN_TAGGER,
        /** Another node invalidates a pattern: it is told, the key's entry removed if it is there, and it is told again. */
        PATTERNER,
        /** This node does. */
        OWN_PATTERNER,
        /** A beat: question, what the far tier says, its answer. */
        BEAT,
        /**
         * The far tier is emptied, or another server takes its place that lacks the last write. Its message is lost with it,
         * and no other comes until the link was made anew, for nobody has subscribed to that server.
         */
        FLUSH,
        /** The connection of the messages breaks, and is made anew. */
        LINK,
        /** The near tier has no room for the entry. */
        EVICTION,
        /** The far tier has no room for it, and tells nobody. */
        FAR_EVICTION,
        /** Time passes. */
        TIME;

        int outcomes() {
            return this == NETWORK || this == WRITER || this == FLUSH ? 2 : 1;
        }
    }

    /** A write or removal and when it was acknowledged. */
    private record Write(Version version, long acknowledged) {}

    /** Writes of these stamps, the first excluded, were lost then. */
    private record Loss(long kept, long last, long at) {
        boolean includes(long stamp) {
            return stamp > kept && stamp <= last;
        }
    }

    private final InvalidationRouter router = new InvalidationRouter(1, Duration.ofMillis(LEASE), () -> {});
    private final TextFormat format = new TextFormat();
    private final NearTier<String, String> near;
    private final ArrayDeque<Invalidation> onTheWay = new ArrayDeque<>();
    private final List<Write> writes = new ArrayList<>();
    private final List<Loss> losses = new ArrayList<>();
    /** The stamps of what callers of this node were told; an absence has the last stamp of all. */
    private final TreeSet<Long> told = new TreeSet<>();

    private long now = System.nanoTime() / 1_000_000;
    private long stamps = 1_000;
    private int written;
    private boolean subscribed = true;

    private @Nullable Version chain;
    private @Nullable Entry<String> stored;
    private @Nullable Version chainBefore;
    private @Nullable Entry<String> storedBefore;

    private final Reader reader = new Reader();
    private final Reader secondReader = new Reader();
    private final OwnChange ownWrite = new OwnChange(this::write);
    private final OwnChange ownRemoval = new OwnChange(this::remove);
    private final PatternCall patternCall = new PatternCall(false);
    private final PatternCall ownPatternCall = new PatternCall(true);

    private int tagging;
    private long @Nullable [] highest;
    private @Nullable Version ownTag;

    private int beating;
    private long sentAt;
    private @Nullable Version chainSeen;

    CoherenceModel() {
        NearCommons commons = new NearCommons(router.leases(), nanos -> nanos / 1_000, this::nanos, router::regressed);
        near = new NearTier<>(
                FarSetups.cache("c"), commons, new CacheSignals("c"), key -> key, text -> text, key -> key);
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
            case REMOVER -> acknowledge(remove());
            case READER -> reader.step();
            case SECOND_READER -> secondReader.step();
            case OWN_WRITER -> ownWrite.step();
            case OWN_REMOVER -> ownRemoval.step();
            case TAGGER -> acknowledge(tag());
            case OWN_TAGGER -> tagOwn();
            case PATTERNER -> patternCall.step();
            case OWN_PATTERNER -> ownPatternCall.step();
            case BEAT -> beat();
            case FLUSH -> lose(outcome == 0);
            case LINK -> breakLink();
            case EVICTION -> near.drop(KEY);
            case FAR_EVICTION -> stored = null;
            case TIME -> now += PASSING;
        }
    }

    private void write(boolean ourKey) {
        if (ourKey) {
            acknowledge(write());
        } else {
            publish(NEIGHBOUR);
        }
    }

    private Version write() {
        Version version = publish(KEY);
        stored = Entry.of(format.keep("v" + written), version, 0, Entry.NEVER, TAGGED);
        return version;
    }

    private Version remove() {
        Version version = publish(KEY);
        stored = null;
        return version;
    }

    private Version tag() {
        Version version = publish(Kind.TAGS, TAG);
        stored = null;
        return version;
    }

    private void tagOwn() {
        switch (tagging++ % 3) {
            case 0 -> highest = near.highest();
            case 1 -> ownTag = tag();
            default -> {
                near.invalidateTags(List.of(TAG), Map.of(0, ownTag.stamp()), highest);
                acknowledge(ownTag);
                tell(ownTag.stamp());
            }
        }
    }

    private Version publish(String key) {
        return publish(Kind.ENTRIES, key);
    }

    private Version publish(Kind kind, String name) {
        chainBefore = chain;
        storedBefore = stored;
        Version previous = chain == null ? NOWHERE : chain;
        written++;
        chain = new Version(++stamps, written);
        send(new Invalidation(0, previous, chain, kind, "c", List.of(name)));
        return chain;
    }

    private void deliver(boolean comes) {
        Invalidation message = onTheWay.poll();
        if (message != null && comes) {
            router.received(message);
        }
    }

    /** A thread of this node that reads. */
    private final class Reader {
        private int steps;
        private @Nullable Fill<String> fill;
        private @Nullable Entry<String> found;
        private long stamp;

        private void step() {
            switch (steps++ % 3) {
                case 0 -> fill = near.begin(KEY, KEY, true, 0);
                case 1 -> {
                    found = stored;
                    stamp = found == null ? stamps : found.version().stamp();
                }
                default -> {
                    near.complete(fill, found);
                    tell(stamp);
                }
            }
        }
    }

    /** A thread of this node that changes the key. */
    private final class OwnChange {
        private final Supplier<Version> change;
        private int steps;
        private @Nullable Fill<String> fill;
        private @Nullable Version version;
        private @Nullable Entry<String> entry;

        private OwnChange(Supplier<Version> change) {
            this.change = change;
        }

        private void step() {
            switch (steps++ % 3) {
                case 0 -> fill = near.begin(KEY, KEY, true, 0);
                case 1 -> {
                    version = change.get();
                    entry = stored;
                }
                default -> {
                    near.complete(fill, version, entry);
                    acknowledge(version);
                    tell(version.stamp());
                }
            }
        }
    }

    /**
     * An invalidation of a pattern that matches the key. It promises that nothing is met of what was there when it began;
     * where the far tier goes back meanwhile it would begin anew, and promises nothing here.
     */
    private final class PatternCall {
        private final boolean own;
        private int steps;
        private int lossesBefore;
        private long @Nullable [] highest;
        private @Nullable Version first;

        private PatternCall(boolean own) {
            this.own = own;
        }

        private void step() {
            switch (steps++ % 3) {
                case 0 -> begin();
                case 1 -> walk();
                default -> end();
            }
        }

        private void begin() {
            lossesBefore = losses.size();
            highest = near.highest();
            first = publish(Kind.PATTERN, PATTERN);
        }

        private void walk() {
            if (stored != null) {
                acknowledge(remove());
            }
        }

        private void end() {
            Version last = publish(Kind.PATTERN, PATTERN);
            if (own) {
                near.invalidatePattern(Glob.of(PATTERN), Map.of(0, last.stamp()), highest);
            }
            if (losses.size() == lossesBefore) {
                promise();
            }
        }

        private void promise() {
            acknowledge(first);
            if (own) {
                tell(first.stamp());
            }
        }
    }

    /** The answer to a write can come when the write has been lost already. */
    private void acknowledge(Version version) {
        if (!isLost(version.stamp())) {
            writes.add(new Write(version, now));
        }
    }

    private boolean isLost(long stamp) {
        for (Loss loss : losses) {
            if (loss.includes(stamp)) {
                return true;
            }
        }
        return false;
    }

    /** A caller has met a write, or an absence after it. */
    private void tell(long stamp) {
        if (!isLost(stamp)) {
            told.add(stamp);
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
        told.removeIf(this::isLost);
        stamps++; // or what is told from now on could not be told from what was lost
    }

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

    /**
     * Throws if what is served is older than the lease allows, or than what a caller of this node was told before; returns
     * whether anything was served.
     */
    boolean check(List<String> path) {
        Entry<String> served = served();
        long staleness = staleness(served);
        if (staleness >= LEASE) {
            throw new AssertionError(served + " is served " + staleness
                    + " ms after it was overtaken, at the end of or in " + path + "; writes " + writes);
        }
        checkOrder(near.getStale(KEY), path);
        checkOrder(served, path);
        return served != null;
    }

    /** What the far tier has lost is older than nothing: how long it may be met is a matter of the lease. */
    private void checkOrder(@Nullable Entry<String> met, List<String> path) {
        if (met == null || isLost(met.version().stamp())) {
            return;
        }
        long stamp = met.version().stamp();
        if (newest() > stamp) {
            throw new AssertionError(met + " is met after a caller was told of " + newest() + ", at the end of or in "
                    + path + "; writes " + writes);
        }
        if (newest() < stamp) {
            told.add(stamp);
        }
    }

    private long newest() {
        return told.isEmpty() ? 0 : told.last();
    }
}
