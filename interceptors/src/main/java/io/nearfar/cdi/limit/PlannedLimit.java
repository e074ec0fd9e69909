package io.nearfar.cdi.limit;

import io.nearfar.Limit;
import io.nearfar.Quota;
import io.nearfar.cdi.annotation.LimitKey;
import io.nearfar.cdi.annotation.LimitKeyResolver;
import io.nearfar.cdi.annotation.LimitTierResolver;
import io.nearfar.cdi.annotation.LimitedCall;
import io.nearfar.cdi.annotation.RateLimited;
import io.nearfar.cdi.cache.Instances;
import io.nearfar.cdi.cache.Once;
import io.nearfar.cdi.request.RequestFacts;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One limit of a method, with all that its annotation names at hand. Safe for use by several threads. */
final class PlannedLimit {
    private final MethodLimit declared;
    private final LiveTerms terms;
    private final LimitCounts counts;
    private final LimitKeys keys;
    private final List<String> exemptRoles;
    private final @Nullable Once<LimitKeyResolver> resolver;
    private final @Nullable Once<LimitTierResolver> tiers;

    /** Creates one; resolvers come from {@code instances}, each at the first call. */
    PlannedLimit(MethodLimit declared, LiveTerms terms, LimitCounts counts, Instances instances) {
        RateLimited annotation = declared.annotation();
        this.declared = declared;
        this.terms = terms;
        this.counts = counts;
        this.resolver = annotation.keyResolver() == LimitKeyResolver.class
                ? null
                : new Once<>(() -> instances.of(annotation.keyResolver()));
        this.keys = LimitKeys.of(declared, resolver);
        this.exemptRoles = List.of(annotation.exemptRoles());
        this.tiers = annotation.tiers() == LimitTierResolver.class
                ? null
                : new Once<>(() -> instances.of(annotation.tiers()));
    }

    /** Returns what holds at the moment. */
    Terms terms() {
        return terms.current();
    }

    LimitCounts counts() {
        return counts;
    }

    /** Returns what answers calls that this limit refuses, or null. */
    @Nullable
    Method fallback() {
        return declared.fallback();
    }

    /** Tells whether the caller passes for a role. */
    boolean exempts(RequestFacts request) {
        return exemptRoles.stream().anyMatch(request::isInRole);
    }

    /** Returns what a call is charged to, under {@code limit} or the tier that its caller has in its place. */
    Quota quota(LimitedCall call, Limit limit) {
        Limit chosen = tiers == null ? limit : tier(tiers.get(), call, limit);
        return chosen.of(keys.of(call));
    }

    /** Tells whether the arguments of a call are needed to tell what it is charged to. */
    boolean readsArguments() {
        return declared.annotation().key() == LimitKey.ARGUMENT
                || (resolver != null && resolver.get().readsArguments())
                || (tiers != null && tiers.get().readsArguments());
    }

    /** Tells whether it may matter who the caller is. */
    boolean readsPrincipal() {
        RateLimited annotation = declared.annotation();
        return resolver != null
                || tiers != null
                || !exemptRoles.isEmpty()
                || annotation.key() == LimitKey.CALLER
                || annotation.key() == LimitKey.PRINCIPAL;
    }

    private static Limit tier(LimitTierResolver resolver, LimitedCall call, Limit limit) {
        Limit chosen = resolver.limit(call, limit);
        if (chosen == null) {
            throw new IllegalStateException(resolver.getClass().getName() + " chose no limit for a call of "
                    + call.method() + " under " + limit.name() + "; return the declared one if no other holds");
        }
        return chosen;
    }
}
