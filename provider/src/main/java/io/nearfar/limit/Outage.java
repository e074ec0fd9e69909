package io.nearfar.limit;

import io.nearfar.Decision;
import io.nearfar.Decision.Basis;
import io.nearfar.FarTierUnavailableException;
import io.nearfar.LimitOutage;
import io.nearfar.Quota;
import io.nearfar.QuotaUse;
import io.nearfar.far.Counted;
import io.nearfar.far.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of requests while the far tier does not answer about all of their quotas: what is counted holds, and for the
 * rest the strictest policy of their limits. One line of the log when that begins, one when it is over: not before the far
 * tier has answered for a while, or a server that is gone beside two that answer would be told of at every request. Safe
 * for use by several threads.
 */
final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

    /** The longest that the server is left alone before it is tried again. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** It is over when no request went uncounted for so long. */
    static final Duration QUIET = Duration.ofSeconds(2);

    private final LimitOutage standard;
    private final LocalWindows local;
    private final LongSupplier nanoTime;
    private final BooleanSupplier isWhole;
    private final LongAdder requests = new LongAdder();
    private volatile boolean out;
    private volatile long last;
    private long since;

    /**
     * Creates one.
     *
     * @param standard the policy of limits that have none of their own
     * @param local counts the requests of this node
     * @param isWhole tells whether all of the far tier answers, as far as is known
     */
    Outage(LimitOutage standard, LocalWindows local, LongSupplier nanoTime, BooleanSupplier isWhole) {
        this.standard = standard;
        this.local = local;
        this.nanoTime = nanoTime;
        this.isWhole = isWhole;
    }

    /** Decides about a request of which the far tier has counted some quotas, or none. */
    Decision decide(
            List<Quota> quotas, long cost, boolean charge, Counted counted, FarTierUnavailableException failure) {
        requests.increment();
        begin(failure);
        if (!counted.verdict().admitted()) {
            return Uses.decision(counted.quotas(), counted.verdict(), Basis.OUTAGE);
        }
        List<Quota> missing = counted.missing(quotas);
        if (missing.stream().anyMatch(quota -> policy(quota) == LimitOutage.CLOSED)) {
            counted.refund().run();
            return new Decision(false, Basis.OUTAGE, List.of(), RETRY);
        }
        List<Quota> own = missing.stream()
                .filter(quota -> policy(quota) == LimitOutage.LOCAL)
                .toList();
        Verdict verdict = local.decide(own, cost, charge);
        if (!verdict.admitted()) {
            counted.refund().run();
            return Uses.decision(own, verdict, Basis.OUTAGE);
        }
        return new Decision(true, Basis.OUTAGE, together(quotas, counted, Uses.of(own, verdict)), Duration.ZERO);
    }

    private static List<QuotaUse> together(List<Quota> quotas, Counted counted, List<QuotaUse> own) {
        List<QuotaUse> uses = new ArrayList<>(Uses.of(counted.quotas(), counted.verdict()));
        uses.addAll(own);
        uses.sort(Comparator.comparingInt(use -> quotas.indexOf(use.quota())));
        return uses;
    }

    LimitOutage policy(Quota quota) {
        LimitOutage own = quota.limit().outage();
        return own == null ? standard : own;
    }

    private void begin(FarTierUnavailableException failure) {
        last = nanoTime.getAsLong();
        if (!out && tookNote()) {
            LOG.warn(
                    "NF0701 rate limits: requests are not counted far, and what each limit has for an outage holds ({}, where"
                            + " it has nothing of its own): {}",
                    standard,
                    failure.getMessage());
        }
    }

    private synchronized boolean tookNote() {
        boolean first = !out;
        out = true;
        since = first ? nanoTime.getAsLong() : since;
        return first;
    }

    /** Takes note that the far tier has answered about a request. */
    void answered() {
        if (out && isQuiet() && isWhole.getAsBoolean()) {
            end();
        }
    }

    private boolean isQuiet() {
        return nanoTime.getAsLong() - last >= QUIET.toNanos();
    }

    private synchronized void end() {
        if (out && isQuiet()) {
            out = false;
            LOG.info(
                    "NF0702 rate limits: requests are counted far again; within {} ms {} were not",
                    TimeUnit.NANOSECONDS.toMillis(last - since),
                    requests.sumThenReset());
        }
    }
}
