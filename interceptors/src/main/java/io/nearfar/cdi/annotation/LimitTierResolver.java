package io.nearfar.cdi.annotation;

import io.nearfar.Limit;

/**
 * Chooses the limit of a caller: free, premium, and so on; named by {@link RateLimited#tiers}. A bean, used by several
 * threads: make it {@code @ApplicationScoped}.
 *
 * <pre>{@code
 * public Limit limit(LimitedCall call, Limit declared) {
 *     return call.request().isInRole("premium")
 *             ? declared.withPermits(1_000)
 *             : declared;
 * }
 * }</pre>
 *
 * <p>Under the declared name the caller keeps their count when the tier changes; under another name they begin anew.
 */
public interface LimitTierResolver extends LimitResolver {
    /**
     * Returns the limit that holds for the call. What it throws reaches the caller, and the method is not called.
     *
     * @param declared what the annotation says, or the settings in its place
     */
    Limit limit(LimitedCall call, Limit declared);
}
