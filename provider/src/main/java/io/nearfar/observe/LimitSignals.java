package io.nearfar.observe;

import io.nearfar.Decision;
import io.nearfar.Meter;
import io.nearfar.Metric;
import io.nearfar.Quota;
import io.nearfar.QuotaUse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** Counts what a rate limiter decides, by the names of the limits, of which it knows so many at most. */
public final class LimitSignals {
    /** Names that are made of users or tenants against all advice do not fill the memory. */
    private static final int MOST_LIMITS = 200;

    private static final String OTHERS = "(others)";

    private static final Decision.Basis[] BASES = Decision.Basis.values();

    private final Map<String, Results> limits = new ConcurrentHashMap<>();
    private final Runnable onNewLimit;

    /** What became of the requests under one limit, by what was decided by. */
    private static final class Results {
        private final LongAdder[] admitted = adders();
        private final LongAdder[] denied = adders();

        private static LongAdder[] adders() {
            return Stream.generate(LongAdder::new).limit(BASES.length).toArray(LongAdder[]::new);
        }

        LongAdder of(Decision decision) {
            return (decision.admitted() ? admitted : denied)[decision.basis().ordinal()];
        }
    }

    /** Creates signals that have counted nothing; {@code onNewLimit} is run when there are meters more. */
    public LimitSignals(Runnable onNewLimit) {
        this.onNewLimit = onNewLimit;
    }

    /**
     * Counts a decision: for each quota if it admits, else for those that deny, which are all where nobody counted. Decisions
     * while limiting is off are not counted. A denial that is remembered takes no longer than this may: nothing is allocated.
     */
    public void decided(Collection<Quota> asked, Decision decision) {
        if (decision.basis() == Decision.Basis.OFF) {
            return;
        }
        if (decision.admitted() || !countViolated(decision)) {
            for (Quota quota : asked) {
                count(quota, decision);
            }
        }
    }

    private boolean countViolated(Decision decision) {
        boolean any = false;
        for (QuotaUse use : decision.uses()) {
            if (!use.retryAfter().isZero()) {
                count(use.quota(), decision);
                any = true;
            }
        }
        return any;
    }

    private void count(Quota quota, Decision decision) {
        results(quota.limit().name()).of(decision).increment();
    }

    /** Once there are others there is no room for more. */
    private Results results(String name) {
        Results there = limits.get(name);
        if (there == null) {
            there = limits.get(OTHERS);
        }
        return there == null ? added(limits.size() < MOST_LIMITS ? name : OTHERS) : there;
    }

    private Results added(String name) {
        Results made = new Results();
        Results before = limits.putIfAbsent(name, made);
        if (before == null) {
            onNewLimit.run();
        }
        return before == null ? made : before;
    }

    /** Returns the meters of the limits that were met until now. */
    public List<Meter> meters() {
        List<Meter> meters = new ArrayList<>();
        limits.forEach((name, results) -> {
            add(meters, name, "admitted", results.admitted);
            add(meters, name, "denied", results.denied);
        });
        return meters;
    }

    private static void add(List<Meter> meters, String limit, String result, LongAdder[] counts) {
        for (Decision.Basis basis : BASES) {
            if (basis != Decision.Basis.OFF) {
                LongAdder count = counts[basis.ordinal()];
                meters.add(Meter.of(
                        Metric.LIMIT_DECISIONS,
                        count::sum,
                        limit,
                        result,
                        basis.name().toLowerCase(Locale.ROOT)));
            }
        }
    }
}
