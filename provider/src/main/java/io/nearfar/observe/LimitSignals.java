package io.nearfar.observe;

import io.nearfar.Bypass;
import io.nearfar.Decision;
import io.nearfar.Meter;
import io.nearfar.Metric;
import io.nearfar.Quota;
import io.nearfar.QuotaUse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** Counts what a rate limiter decides, by the names of the limits, of which it knows so many at most. */
public final class LimitSignals {
    /** Names that are made of users or tenants against all advice do not fill the memory. */
    private static final int MOST_LIMITS = 200;

    private static final String OTHERS = "(others)";

    private static final Decision.Basis[] BASES = Decision.Basis.values();
    private static final Set<Decision.Basis> BASES_OF_ADMISSIONS = EnumSet.complementOf(EnumSet.of(Decision.Basis.OFF));
    private static final Set<Decision.Basis> BASES_OF_DENIALS =
            EnumSet.complementOf(EnumSet.of(Decision.Basis.OFF, Decision.Basis.LEASED));
    private static final Fate[] FATES = Fate.values();
    private static final Bypass[] REASONS = Bypass.values();

    private final Map<String, LongAdder[]> credits = new ConcurrentHashMap<>();
    private final Map<String, LongAdder[]> bypasses = new ConcurrentHashMap<>();
    private final Map<String, Results> limits = new ConcurrentHashMap<>();
    private final Runnable onNewLimit;

    /** What becomes of credits. */
    public enum Fate {
        /** They were leased; each has one of the other fates when its lease is over. */
        LEASED,
        /** They were spent on requests. */
        SPENT,
        /** They were not spent, and taken back where they are counted. */
        RETURNED,
        /** They were not spent, and count until their time is over. */
        EXPIRED
    }

    /** What became of the requests under one limit, by what was decided by. */
    private static final class Results {
        private final LongAdder[] admitted = adders(BASES.length);
        private final LongAdder[] denied = adders(BASES.length);

        LongAdder of(Decision decision) {
            return (decision.admitted() ? admitted : denied)[decision.basis().ordinal()];
        }
    }

    private static LongAdder[] adders(int count) {
        return Stream.generate(LongAdder::new).limit(count).toArray(LongAdder[]::new);
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

    /** Counts what became of some credits of a limit. */
    public void credits(String limit, Fate fate, long count) {
        String name = limits.containsKey(limit) || limits.size() < MOST_LIMITS ? limit : OTHERS;
        counts(credits, name, FATES.length)[fate.ordinal()].add(count);
    }

    /** Counts a request that passed without the leave of a limit. */
    public void bypassed(String limit, Bypass reason) {
        String name = bypasses.containsKey(limit) || bypasses.size() < MOST_LIMITS ? limit : OTHERS;
        counts(bypasses, name, REASONS.length)[reason.ordinal()].increment();
    }

    private LongAdder[] counts(Map<String, LongAdder[]> all, String name, int kinds) {
        LongAdder[] there = all.get(name);
        if (there == null) {
            LongAdder[] made = adders(kinds);
            there = all.putIfAbsent(name, made);
            if (there == null) {
                there = made;
                onNewLimit.run();
            }
        }
        return there;
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
            add(meters, name, "admitted", results.admitted, BASES_OF_ADMISSIONS);
            add(meters, name, "denied", results.denied, BASES_OF_DENIALS);
        });
        credits.forEach((name, counts) -> add(meters, Metric.LIMIT_CREDITS, name, counts, FATES));
        bypasses.forEach((name, counts) -> add(meters, Metric.LIMIT_BYPASSES, name, counts, REASONS));
        return meters;
    }

    private static void add(List<Meter> meters, Metric metric, String limit, LongAdder[] counts, Enum<?>[] kinds) {
        for (Enum<?> kind : kinds) {
            LongAdder count = counts[kind.ordinal()];
            meters.add(Meter.of(metric, count::sum, limit, word(kind)));
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static void add(
            List<Meter> meters, String limit, String result, LongAdder[] counts, Set<Decision.Basis> bases) {
        for (Decision.Basis basis : bases) {
            LongAdder count = counts[basis.ordinal()];
            meters.add(Meter.of(Metric.LIMIT_DECISIONS, count::sum, limit, result, word(basis)));
        }
    }
}
