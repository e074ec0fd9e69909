package io.nearfar.limit;

import io.nearfar.Quota;
import io.nearfar.QuotaUse;
import io.nearfar.far.Counted;
import io.nearfar.limit.Backlog.Item;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks about denials that are no longer sure, in the order in which they became so, while nobody waits for the answer: some keys
 * with one question, one question at a time, and so many in a second. It only looks, and charges nothing. Bounded, by the
 * length of keys too. Safe for use by several threads.
 */
final class Doubts implements Denial.Doubting {
    private static final Logger LOG = LoggerFactory.getLogger(Doubts.class);

    /** Of so many keys at once, and 50 times a second: 2,500 in a second at most. */
    private static final int AT_ONCE = 50;

    private static final long PERIOD_MILLIS = 20;

    /** So many in a second are left to callers, who wait for the answer. */
    private static final int LEFT_TO_CALLERS = 500;

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private final Windows windows;
    private final Backlog<Denial> backlog;
    private final Errand errand;
    private long second;
    private int left;

    /**
     * Creates one without any.
     *
     * @param windows is asked
     * @param maximum of how many keys of a usual length, about
     */
    Doubts(LongSupplier nanoTime, Windows windows, long maximum, Later later) {
        this.nanoTime = nanoTime;
        this.windows = windows;
        this.backlog = new Backlog<>(maximum);
        this.second = nanoTime.getAsLong();
        this.left = LEFT_TO_CALLERS;
        this.errand = new Errand(later, PERIOD_MILLIS, this::ask, () -> !backlog.isEmpty());
    }

    @Override
    public boolean add(Quota quota, Denial denial) {
        boolean isAdded = backlog.add(quota, denial);
        if (isAdded) {
            errand.plan();
        }
        return isAdded;
    }

    @Override
    public synchronized boolean leaveToCaller(long now) {
        if (now - second >= SECOND_NANOS) {
            second = now;
            left = LEFT_TO_CALLERS;
        }
        left = Math.max(0, left - 1);
        return left > 0;
    }

    /** What has room again by now needs no question, and of two denials of one key only one is remembered. */
    private void ask() {
        long now = nanoTime.getAsLong();
        backlog.take(AT_ONCE, denial -> !denial.isOver(now), Denial::end).stream()
                .collect(Collectors.groupingBy(item -> item.waiting().cost()))
                .forEach(this::ask);
    }

    private void ask(long cost, List<Item<Denial>> items) {
        long sent = nanoTime.getAsLong();
        Map<Quota, QuotaUse> uses = new HashMap<>();
        try {
            List<Quota> quotas = items.stream().map(Item::quota).toList();
            Counted counted = windows.decide(quotas, cost, false, sent);
            Uses.of(counted.quotas(), counted.verdict()).forEach(use -> uses.put(use.quota(), use));
        } catch (RuntimeException e) {
            LOG.debug("Denials that are remembered could not be asked about", e);
        } finally {
            long answered = nanoTime.getAsLong();
            items.forEach(item -> item.waiting().settle(uses.get(item.quota()), sent, answered));
        }
    }
}
