package io.nearfar.tier;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.InvalidationPace;
import io.nearfar.entry.KeyWalk;
import io.nearfar.far.FarEntries;
import io.nearfar.far.FarEntries.Unanswered;
import io.nearfar.key.Glob;
import io.nearfar.resilience.Backoff;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
    private volatile @Nullable KeyWalk underWay;
    private volatile boolean closed;

    SettledPatterns(String cache, FarEntries<?, ?> far, DirtyPatterns patterns, SettlingCounts counts) {
        this.cache = cache;
        this.far = far;
        this.patterns = patterns;
        this.counts = counts;
    }

    /**
     * Has a walk begun if there is something to be made, all servers are asked, and none is under way. Called by one thread at a
     * time.
     */
    void begin(Executor walks) {
        if (!patterns.isEmpty() && underWay == null && !closed && setbacks.areOver() && !isAnyServerSilent()) {
            KeyWalk walk = new KeyWalk(InvalidationPace.DEFAULT, System::nanoTime);
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
                walk(patterns.begin(), walk);
                setbacks.end();
            }
        } catch (RuntimeException e) {
            failed(e);
        } finally {
            underWay = null;
        }
    }

    private void failed(RuntimeException why) {
        if (setbacks.add()) {
            LOG.warn(
                    "NF0408 {}: the walk that makes up for invalidations of patterns has failed again, and goes on being tried,"
                            + " at least once a minute. Until it succeeds other nodes may be served what they ended: {}",
                    cache,
                    why.getMessage());
        } else {
            LOG.debug("{}: a walk that makes up for invalidations of patterns broke off", cache, why);
        }
    }

    private boolean isAnyServerSilent() {
        return DirtyPartitions.all().stream().anyMatch(partition -> far.silence(partition) != null);
    }

    private void walk(Map<Glob, Long> begun, KeyWalk walk) {
        begun.keySet().forEach(this::announce);
        far.removeMatching(literal(begun), patterns::isPending, walk);
        if (!walk.isCancelled()) {
            begun.keySet().forEach(this::announceAgain);
            patterns.made(begun);
            counts.removedMatching(begun.size());
        }
    }

    /** What the server can be asked for is what all have in common. */
    private static String literal(Map<Glob, Long> begun) {
        return begun.size() == 1 ? begun.keySet().iterator().next().literal() : "";
    }

    private void announce(Glob pattern) {
        told(failures -> far.announce(pattern, DirtyPartitions.all(), failures));
    }

    private void announceAgain(Glob pattern) {
        told(failures -> far.announceAgain(pattern, DirtyPartitions.all(), failures));
    }

    private static void told(Consumer<Unanswered<Integer>> announcement) {
        Map<Integer, FarTierUnavailableException> failures = new HashMap<>();
        announcement.accept(failures::put);
        for (FarTierUnavailableException why : failures.values()) {
            throw why;
        }
    }
}
