package io.nearfar;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Thrown where a request was refused because a limit has no room for it. Nothing was charged, and what the limit protects
 * was not touched. Its text names the limits, never the key that is counted.
 */
public class RateLimitExceededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Decision decision;

    /**
     * Creates one.
     *
     * @throws IllegalArgumentException if the request was admitted
     * @throws NullPointerException if the decision is null
     */
    public RateLimitExceededException(Decision decision) {
        super(text(decision));
        this.decision = decision;
    }

    /** Returns what was decided; it denies the request. */
    public Decision decision() {
        return decision;
    }

    /**
     * Returns the uses of the quotas that have no room. Empty if the limiter's server does not answer and the policy
     * {@link LimitOutage#CLOSED} refused.
     */
    public List<QuotaUse> violated() {
        return decision.violated();
    }

    /** Returns how long to wait before the same request can be admitted; never zero. */
    public Duration retryAfter() {
        return decision.retryAfter();
    }

    private static String text(Decision decision) {
        Objects.requireNonNull(decision, "The decision of a refusal is null");
        if (decision.admitted()) {
            throw new IllegalArgumentException("The request was admitted; only a denial is a refusal");
        }
        String wait = "; try again in " + seconds(decision.retryAfter());
        List<QuotaUse> violated = decision.violated();
        return violated.isEmpty()
                ? "Requests cannot be counted at the moment, and their limits refuse them then" + wait
                : "Rate limit exceeded: "
                        + violated.stream()
                                .map(RateLimitExceededException::text)
                                .collect(Collectors.joining(", "))
                        + wait;
    }

    private static String text(QuotaUse use) {
        Limit limit = use.quota().limit();
        return limit.name() + " allows " + limit.permits() + " in " + seconds(limit.window());
    }

    /** Whole seconds or, below ten, with what comes after the point. */
    private static String seconds(Duration length) {
        boolean isShort = length.getSeconds() < 10;
        return isShort
                ? length.toMillis() / 1000.0 + " s"
                : length.plusNanos(999_999_999).getSeconds() + " s";
    }
}
