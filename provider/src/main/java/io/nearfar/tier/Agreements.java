package io.nearfar.tier;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.far.FarTier;
import io.nearfar.key.StoredName;
import io.nearfar.tier.Terms.Difference;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells, in one line of the log for each difference, when another node under the prefix has opened a cache of the same
 * name on other terms. Looks shortly after a cache is opened, and then once a minute for all caches together; no caller
 * ever waits for it, and where the far tier does not answer it looks the next time.
 */
final class Agreements implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Agreements.class);

    private static final int MOST_TOLD = 1_000;

    private final FarTier far;
    private final ScheduledExecutorService upkeep;
    private final Pace pace;
    private final Map<String, Terms> open = new ConcurrentHashMap<>();
    private final Set<String> posted = ConcurrentHashMap.newKeySet();
    private final Set<String> leaving = ConcurrentHashMap.newKeySet();
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean due = new AtomicBoolean();
    private final AtomicBoolean renewing = new AtomicBoolean();
    private boolean closed;

    /**
     * When to look.
     *
     * @param first after a cache was opened
     * @param again after the last look
     */
    record Pace(Duration first, Duration again) {
        static final Pace DEFAULT = new Pace(Duration.ofSeconds(1), Duration.ofMinutes(1));

        /** Long enough that one look may fail; short enough that a node which died is soon forgotten. */
        Duration kept() {
            return again.multipliedBy(5).dividedBy(2);
        }
    }

    Agreements(FarTier far, ScheduledExecutorService upkeep, Pace pace) {
        this.far = far;
        this.upkeep = upkeep;
        this.pace = pace;
    }

    /** A cache is open on these terms. */
    void opened(String cache, Terms terms) {
        open.put(cache, terms);
        leaving.remove(cache);
        wake();
    }

    /** A cache is closed; what was put up of it is taken down, so that a restart on other terms is no news. */
    void closed(String cache) {
        open.remove(cache);
        if (posted.remove(cache)) {
            leaving.add(cache);
            wake();
        }
    }

    private void wake() {
        try {
            if (due.compareAndSet(false, true)) {
                upkeep.schedule(this::look, pace.first().toMillis(), TimeUnit.MILLISECONDS);
            }
            if (renewing.compareAndSet(false, true)) {
                long millis = pace.again().toMillis();
                upkeep.scheduleWithFixedDelay(this::renew, millis, millis, TimeUnit.MILLISECONDS);
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("What the nodes agree on is no longer compared: the manager is closed", e);
        }
    }

    private void renew() {
        posted.clear();
        look();
    }

    /** What is put up after the end would be news of a node that is no more. */
    private synchronized void look() {
        if (!closed) {
            due.set(false);
            compare();
        }
    }

    private void compare() {
        try {
            leave();
            post();
        } catch (FarTierUnavailableException e) {
            LOG.debug("What the nodes agree on is compared the next time", e);
        } catch (RuntimeException e) {
            LOG.warn("NF0407 comparing the configuration of caches with other nodes failed, and is tried again", e);
        }
    }

    private void leave() {
        Set<String> all = Set.copyOf(leaving);
        if (!all.isEmpty()) {
            far.takeDown(all);
            leaving.removeAll(all);
        }
    }

    private void post() {
        Map<String, String> terms = new HashMap<>();
        open.forEach((cache, each) -> {
            if (posted.add(cache)) {
                terms.put(cache, each.text());
            }
        });
        if (!terms.isEmpty()) {
            far.post(terms, pace.kept()).forEach((cache, text) -> compare(cache, Terms.in(text)));
        }
    }

    private void compare(String cache, Terms other) {
        Terms mine = open.get(cache);
        if (mine != null) {
            mine.differing(other).forEach(difference -> tellOnce(cache, difference));
        }
    }

    private void tellOnce(String cache, Difference difference) {
        if (told.size() < MOST_TOLD && told.add(cache + ' ' + difference)) {
            LOG.warn(
                    "NF0406 {}: {} is {} here and {} on another node. The nodes share the entries of this cache, and each"
                            + " treats them by its own configuration; configure it alike on all of them, or give them"
                            + " prefixes of their own",
                    StoredName.told(cache),
                    difference.name(),
                    difference.here(),
                    difference.there());
        }
    }

    /** Takes down what was put up, if the far tier answers, and puts up no more; to be called before the link ends. */
    @Override
    public synchronized void close() {
        leaving.addAll(posted);
        open.clear();
        look();
        closed = true;
    }
}
