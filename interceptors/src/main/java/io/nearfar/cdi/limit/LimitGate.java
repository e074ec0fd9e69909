package io.nearfar.cdi.limit;

import io.nearfar.RateLimitExceededException;
import io.nearfar.RateLimiter;
import io.nearfar.cdi.cache.Instances;
import io.nearfar.cdi.request.RequestFacts;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where calls of limited methods are decided: a bean, asked by the interceptor, and by filters that decide before the request
 * is read. Safe for use by several threads.
 */
public class LimitGate {
    private static final @Nullable Object[] NO_ARGUMENTS = {};

    private final LimitPlans plans;
    private final LimitJudge judge;
    private final Supplier<RequestFacts> requests;

    /**
     * Creates the gate before the methods of {@code catalog}.
     *
     * @param catalog all limited methods
     * @param settings what takes the place of the annotations' members
     * @param instances where resolvers come from
     * @param limiter counts
     * @param requests returns what knows the request of the calling thread
     * @param ticker returns nanoseconds
     */
    LimitGate(
            LimitCatalog catalog,
            LiveSettings settings,
            Instances instances,
            RateLimiter limiter,
            Supplier<RequestFacts> requests,
            LongSupplier ticker) {
        this.plans = new LimitPlans(catalog, settings, instances, limiter, ticker);
        this.judge = new LimitJudge(limiter);
        this.requests = requests;
    }

    /** For the container, whose proxies are made of this class. */
    @SuppressWarnings("NullAway") // a proxy uses no field
    LimitGate() {
        this.plans = null;
        this.judge = null;
        this.requests = null;
    }

    /** Creates the gate of an application, of that class loader. */
    public static LimitGate of(
            LimitCatalog catalog,
            ClassLoader application,
            Instances instances,
            RateLimiter limiter,
            Supplier<RequestFacts> requests) {
        return new LimitGate(catalog, LiveSettings.of(application), instances, limiter, requests, System::nanoTime);
    }

    /** Returns the limits of the method that a call of {@code called} on an object of {@code target} means, or null if it has none. */
    public @Nullable LimitPlan plan(Class<?> target, Method called) {
        return plans.find(target, called);
    }

    /** Tells whether {@code type}, which may be a proxy's, is the class of a bean whose limits are known here. */
    public boolean isBean(Class<?> type) {
        return plans.isBean(type);
    }

    /**
     * Decides about a call before its arguments are read, and charges it; only for plans that are {@linkplain
     * LimitPlan#isEarly() early}. Whoever does so lets {@link RequestFacts#takeCharged} tell it to the interceptor.
     *
     * @param request what is known of the request
     * @throws RuntimeException what a resolver of the application throws
     */
    public LimitRuling decideEarly(LimitPlan plan, RequestFacts request) {
        return judge.decide(LimitQuestion.of(plan, KnownCall.of(plan.method(), NO_ARGUMENTS, request)));
    }

    /**
     * Answers a call of a method: calls it if it finds room.
     *
     * @throws RateLimitExceededException if it does not, and no fallback method answers; as the failure of the stage if the
     *     method answers with one
     * @throws Exception what the method throws, the fallback method, or a resolver
     */
    public @Nullable Object call(InvocationContext context) throws Exception {
        RequestFacts request = requests.get();
        LimitPlan plan = plan(context.getTarget().getClass(), context.getMethod());
        if (plan == null || request.takeCharged(plan.method())) {
            return context.proceed();
        }
        KnownCall call = KnownCall.of(plan.method(), context.getParameters(), request);
        return new LimitedInvocation(judge, plan, call, context).answer();
    }

    /** Returns what became of calls, by the names of limits that have been met so far. */
    public Map<String, LimitFigures> figures() {
        return plans.figures();
    }
}
