package io.nearfar.observe;

import io.nearfar.Decision;
import io.nearfar.Limit;
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

/** Counts what a rate limiter decides, by the names of the limits, of which it knows so many at most. */
public final class LimitSignals {
    /** Names that are made of users or tenants against all advice do not fill the memory. */
    private static final int MOST_LIMITS = 200;

    private static final String OTHERS = "(others)";

    private final Map<String, Results> limits = new ConcurrentHashMap<>();
    private final Runnable onNewLimit;

    /** What became of the requests under one limit, by what was decided by. */
    private record Results(Map<Decision.Basis, LongAdder> admitted, Map<Decision.Basis, LongAdder> denied) {
        Results() {
            this(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
            for (Decision.Basis basis : Decision.Basis.values()) {
                if (basis != Decision.Basis.OFF) {
                    admitted.put(basis, new LongAdder());
                    denied.put(basis, new LongAdder());
                }
            }
        }
    }

    /** Creates signals that have counted nothing; {@code onNewLimit} is run when there are meters more. */
    public LimitSignals(Runnable onNewLimit) {
        this.onNewLimit = onNewLimit;
    }

    /**
     * Counts a decision: for each quota if it admits, else for those that deny, which are all where nobody counted. Decisions
     * while limiting is off are not counted.
     */
    public void decided(Collection<Quota> asked, Decision decision) {
        if (decision.basis() == Decision.Basis.OFF) {
            return;
        }
        List<QuotaUse> violated = decision.admitted() ? List.of() : decision.violated();
        if (violated.isEmpty()) {
            asked.forEach(quota -> count(quota.limit(), decision));
        } else {
            violated.forEach(use -> count(use.quota().limit(), decision));
        }
    }

    private void count(Limit limit, Decision decision) {
        Results results = results(limit.name());
        LongAdder count = (decision.admitted() ? results.admitted : results.denied).get(decision.basis());
        if (count != null) {
            count.increment();
        }
    }

    private Results results(String name) {
        Results there = limits.get(name);
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

    private static void add(List<Meter> meters, String limit, String result, Map<Decision.Basis, LongAdder> counts) {
        counts.forEach((basis, count) -> meters.add(Meter.of(
                Metric.LIMIT_DECISIONS, count::sum, limit, result, basis.name().toLowerCase(Locale.ROOT))));
    }
}
