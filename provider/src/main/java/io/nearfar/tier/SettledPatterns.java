package io.nearfar.tier;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.InvalidationPace;
import io.nearfar.entry.KeyWalk;
import io.nearfar.far.FarEntries;
import io.nearfar.far.FarEntries.Unanswered;
import io.nearfar.key.Glob;
import io.nearfar.key.StoredName;
import io.nearfar.resilience.Backoff;
import io.nearfar.tier.DirtyPatterns.Begun;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the invalidations of patterns that were noted in an outage, all by one walk, in a thread that others give: it may take
 * minutes. A walk that fails is begun again, later each time.
 */
final class SettledPatterns {
    private static final Logger LOG = LoggerFactory.getLogger(SettledPatterns.class);
    private static final long FIRST_WAIT = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(60);

    private final String cache;
    private final FarEntries<?, ?> far;
    private final DirtyPatterns patterns;
    private final SettlingCounts counts;
    private final Setbacks setbacks = new Setbacks(
            System::nanoTime,
            new Backoff(
                    FIRST_WAIT, LONGEST_WAIT, () -> ThreadLocalRandom.current().nextDouble()));
    private volatile InvalidationPace pace = InvalidationPace.DEFAULT;
    private volatile @Nullable KeyWalk underWay;
    private volatile boolean closed;

    SettledPatterns(String cache, FarEntries<?, ?> far, DirtyPatterns patterns, SettlingCounts counts) {
        this.cache = cache;
        this.far = far;
        this.patterns = patterns;
        this.counts = counts;
    }

    /** Has walks that begin from now on keep that pace. */
    void walkAt(InvalidationPace itsPace) {
        pace = itsPace;
    }

    /**
     * Has a walk begun if there is something to be made in partitions whose servers are asked, and none is under way. Called by one
     * thread at a time.
     */
    void begin(Executor walks) {
        if (underWay == null
                && !closed
                && setbacks.areOver()
                && !due(patterns.owed()).isEmpty()) {
            KeyWalk walk = new KeyWalk(pace, System::nanoTime);
            underWay = walk;
            walks.execute(() -> settle(walk));
        }
    }

    /** Nothing is made any more: a walk that is under way ends, and what it was to make stays. Does not wait for it. */
    void close() {
        closed = true;
        KeyWalk walk = underWay;
        if (walk != null) {
            walk.cancel();
        }
    }

    private void settle(KeyWalk walk) {
        try {
            if (!closed) {
                make(walk);
            }
        } catch (Throwable e) { // whatever it is, it must not be tried again at once
            failed(e);
        } finally {
            underWay = null;
        }
    }

    private void failed(Throwable why) {
        if (setbacks.add()) {
            LOG.warn(
                    "NF0408 {}: the walk that makes up for invalidations of patterns has failed again, and goes on being tried,"
                            + " at least once a minute. Until it succeeds other nodes may be served what they ended: {}",
                    StoredName.told(cache),
                    why.getMessage());
        } else {
            LOG.debug("{}: a walk that makes up for invalidations of patterns broke off", StoredName.told(cache), why);
        }
    }

    private BitSet due(OwedPatterns owed) {
        BitSet due = owed.partitions();
        owed.partitions().stream()
                .filter(partition -> far.silence(partition) != null)
                .forEach(due::clear);
        return due;
    }

    /** Where a server does not answer it stays as it is, and the others go on. */
    private void make(KeyWalk walk) {
        Begun begun = patterns.begin();
        BitSet made = due(begun.owed());
        if (made.isEmpty()) {
            return; // cleared meanwhile, or silent again
        }
        FirstFailure failure = new FirstFailure();
        Unanswered<Integer> unanswered = (partition, why) -> {
            made.clear(partition);
            failure.tell(why);
        };
        announce(begun.owed(), made, (pattern, where) -> far.announce(pattern, where, unanswered));
        far.removeMatching(literal(begun.owed()), this::isPending, (BitSet) made.clone(), walk, unanswered);
        if (!walk.isCancelled()) {
            announce(begun.owed(), made, (pattern, where) -> far.announceAgain(pattern, where, unanswered));
            counts.removedMatching(patterns.made(begun, made));
            ended(made, failure.why);
        }
    }

    /** Another server is not to wait for one that fails again and again; so what some have done counts. */
    private void ended(BitSet made, @Nullable FarTierUnavailableException failure) {
        if (failure == null || !made.isEmpty()) {
            setbacks.end();
        } else {
            failed(failure);
        }
    }

    private static final class FirstFailure {
        private @Nullable FarTierUnavailableException why;

        void tell(FarTierUnavailableException one) {
            why = why == null ? one : why;
        }
    }

    private boolean isPending(String text) {
        return patterns.isPending(text, far.partitionOfText(text));
    }

    /** What the server can be asked for is what all have in common. */
    private static String literal(OwedPatterns owed) {
        List<Glob> all = owed.patterns();
        return all.size() == 1 ? all.get(0).literal() : "";
    }

    private static void announce(OwedPatterns owed, BitSet due, BiConsumer<Glob, BitSet> announcement) {
        for (Glob pattern : owed.patterns()) {
            BitSet where = owed.where(pattern);
            where.and(due);
            announcement.accept(pattern, where);
        }
    }
}
