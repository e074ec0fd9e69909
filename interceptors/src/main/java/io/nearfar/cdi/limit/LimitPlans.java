package io.nearfar.cdi.limit;

import io.nearfar.Limit;
import io.nearfar.RateLimiter;
import io.nearfar.cdi.cache.Instances;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The plans of all limited methods, each made when it is first needed. Safe for use by several threads. */
final class LimitPlans {
    private final LimitCatalog catalog;
    private final LiveSettings settings;
    private final Instances instances;
    private final RateLimiter limiter;
    private final LongSupplier ticker;
    private final Misreadings misreadings = new Misreadings();
    private final Map<Class<?>, Map<Method, Optional<LimitPlan>>> plans = new ConcurrentHashMap<>();
    private final Map<Declared, LiveTerms> terms = new ConcurrentHashMap<>();
    private final Map<String, LimitCounts> counts = new ConcurrentHashMap<>();

    /** An annotation: at a class it is the same for all methods. */
    private record Declared(LimitPlace place, String name) {}

    /** Creates those of {@code catalog}; {@code limiter} counts who is let through, {@code ticker} returns nanoseconds. */
    LimitPlans(
            LimitCatalog catalog,
            LiveSettings settings,
            Instances instances,
            RateLimiter limiter,
            LongSupplier ticker) {
        this.catalog = catalog;
        this.settings = settings;
        this.instances = instances;
        this.limiter = limiter;
        this.ticker = ticker;
    }

    /** Returns the plan for calls of {@code called} on objects of {@code target}, or null if it is not limited. */
    @Nullable
    LimitPlan find(Class<?> target, Method called) {
        Map<Method, Optional<LimitPlan>> ofTarget = plans.get(target);
        Optional<LimitPlan> known = ofTarget == null ? null : ofTarget.get(called);
        return (known == null ? made(target, called) : known).orElse(null);
    }

    /** Tells whether a class, or a proxy's, is that of a bean with limits. */
    boolean isBean(Class<?> type) {
        return catalog.contains(type);
    }

    /** Returns what became of calls, by the names of the limits. */
    Map<String, LimitFigures> figures() {
        Map<String, LimitFigures> figures = new TreeMap<>();
        counts.forEach((name, ofName) -> figures.put(name, ofName.figures()));
        return figures;
    }

    private Optional<LimitPlan> made(Class<?> target, Method called) {
        return plans.computeIfAbsent(target, type -> new ConcurrentHashMap<>())
                .computeIfAbsent(
                        called,
                        method -> Optional.ofNullable(catalog.find(target, method))
                                .map(this::plan));
    }

    private LimitPlan plan(LimitedMethod method) {
        return new LimitPlan(method, method.limits().stream().map(this::limit).toList());
    }

    private PlannedLimit limit(MethodLimit limit) {
        String name = limit.limit().name();
        LiveTerms live = terms.computeIfAbsent(
                new Declared(limit.place(), name), declared -> new LiveTerms(limit, settings, misreadings, ticker));
        LimitCounts ofName = counts.computeIfAbsent(name, each -> counts(limit.limit()));
        return new PlannedLimit(limit, live, ofName, instances);
    }

    private LimitCounts counts(Limit limit) {
        return new LimitCounts(new ShadowLog(limit.name(), ticker), reason -> limiter.bypassed(limit, reason));
    }
}
