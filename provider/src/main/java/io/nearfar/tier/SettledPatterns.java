package io.nearfar.tier;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.InvalidationPace;
import io.nearfar.entry.KeyWalk;
import io.nearfar.far.FarEntries;
import io.nearfar.key.Glob;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the invalidations of patterns that were noted in an outage, all by one walk, one thread at a time. */
final class SettledPatterns {
    private static final Logger LOG = LoggerFactory.getLogger(SettledPatterns.class);

    private final FarEntries<?, ?> far;
    private final DirtyPatterns patterns;
    private final SettlingCounts counts;
    private final ReentrantLock lock = new ReentrantLock();

    SettledPatterns(FarEntries<?, ?> far, DirtyPatterns patterns, SettlingCounts counts) {
        this.far = far;
        this.patterns = patterns;
        this.counts = counts;
    }

    /** Makes what is to be made, not before all servers are asked; what cannot be made stays. */
    void settle() {
        if (patterns.isEmpty() || isAnyServerSilent() || !lock.tryLock()) {
            return;
        }
        try {
            walk(patterns.begin());
        } catch (FarTierUnavailableException e) {
            LOG.debug("A walk that makes up for invalidations of patterns broke off and begins again", e);
        } finally {
            lock.unlock();
        }
    }

    private boolean isAnyServerSilent() {
        return DirtyPartitions.all().stream().anyMatch(partition -> far.silence(partition) != null);
    }

    private void walk(Map<Glob, Long> begun) {
        begun.keySet().forEach(this::announce);
        far.removeMatching(
                literal(begun), patterns::isPending, new KeyWalk(InvalidationPace.DEFAULT, System::nanoTime));
        begun.keySet().forEach(this::announce);
        patterns.made(begun);
        counts.removedMatching(begun.size());
    }

    /** What the server can be asked for is what all have in common. */
    private static String literal(Map<Glob, Long> begun) {
        return begun.size() == 1 ? begun.keySet().iterator().next().literal() : "";
    }

    private void announce(Glob pattern) {
        Map<Integer, FarTierUnavailableException> failures = new HashMap<>();
        far.announce(pattern, DirtyPartitions.all(), failures::put);
        for (FarTierUnavailableException why : failures.values()) {
            throw why;
        }
    }
}
