package io.nearfar.tier;

import io.nearfar.tier.Suspicions.Look;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles, in the background, what the caches of one manager and of nodes that have died left in the fallback store, as
 * soon as the far tier answers again; and finds out whether a store that was away is back.
 */
final class FallbackKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FallbackKeeper.class);
    private static final long TICK_MILLIS = 200;
    private static final int TICKS_PER_POLL = 150;
    private static final long CLOSE_MILLIS = 2_000;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final String prefix;
    private final FallbackLink link;
    private final SettlingCounts counts = new SettlingCounts();
    private final Set<RowSettler<?, ?>> settlers = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread = Timers.create("fallback-keeper", 1);
    private int ticks;

    /** Creates one; {@code prefix} is for its lines of the log. */
    FallbackKeeper(String prefix, FallbackLink link) {
        this.prefix = prefix;
        this.link = link;
        thread.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    SettlingCounts counts() {
        return counts;
    }

    void add(RowSettler<?, ?> settler) {
        settlers.add(settler);
    }

    void remove(RowSettler<?, ?> settler) {
        settlers.remove(settler);
    }

    /** Must not throw, or it would not be repeated. */
    private void tick() {
        try {
            link.probe(PATIENCE_NANOS);
            if (!link.isSilent()) {
                look(++ticks % TICKS_PER_POLL == 0);
            }
        } catch (FallbackSilence e) {
            LOG.debug("{}: the fallback store does not answer: {}", prefix, e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("NF0413 {}: making up for what is in the fallback store failed, and is tried again", prefix, e);
        }
        tell();
    }

    private void look(boolean everywhere) throws FallbackSilence {
        Map<RowSettler<?, ?>, List<Look>> looks = new HashMap<>();
        BitSet asked = null;
        for (RowSettler<?, ?> settler : settlers) {
            asked = asked == null ? settler.asked() : asked;
            List<Look> suspects = settler.looks(asked);
            if (everywhere || !suspects.isEmpty()) {
                looks.put(settler, suspects);
            }
        }
        if (!looks.isEmpty()) {
            Set<String> scopes = link.ask(OutageTable::scopes, PATIENCE_NANOS);
            for (Map.Entry<RowSettler<?, ?>, List<Look>> each : looks.entrySet()) {
                settle(each.getKey(), each.getValue(), scopes);
            }
        }
    }

    private void settle(RowSettler<?, ?> settler, List<Look> looks, Set<String> scopes) throws FallbackSilence {
        if (scopes.contains(settler.scope())) {
            settler.settleRows(looks, () -> !thread.isShutdown());
        } else {
            settler.nothingIsLeft(looks);
        }
    }

    private void tell() {
        String made = counts.take();
        if (!made.isEmpty()) {
            LOG.info("NF0414 {}: what nodes had left in the fallback store is made up for: {}", prefix, made);
        }
    }

    /** Waits a while for what is under way, which still needs the store and the far tier; not for a store that is silent. */
    @Override
    public void close() {
        thread.shutdown();
        if (link.isSilent()) {
            link.close();
        }
        try {
            thread.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
