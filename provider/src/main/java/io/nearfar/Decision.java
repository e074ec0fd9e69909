package io.nearfar;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Whether a request may pass. Immutable.
 *
 * @param admitted whether it may
 * @param basis what that rests on
 * @param uses what was made of the quotas that were looked at, in the order of the request, its own cost included if it was
 *     charged. All of them if the basis is {@link Basis#COUNTED} or {@link Basis#LEASED}; those that deny if it is
 *     {@link Basis#REMEMBERED}; in an outage those that were counted, there or on this node. Of a quota that this node held
 *     credits of it is what was made of it when they were leased, all of them included
 * @param retryAfter how long to wait before the same request can be admitted, by these quotas; zero if it was. Who waits so
 *     long is admitted if nobody else asked; where {@link LimitOutage#CLOSED} denied, when to try again
 */
public record Decision(boolean admitted, Basis basis, List<QuotaUse> uses, Duration retryAfter)
        implements Serializable {
    /** What a decision rests on. */
    public enum Basis {
        /** Requests were counted where all nodes count them, or in this process if there is no far tier. */
        COUNTED,
        /** This node had credits of all quotas in hand, which are counted already; see {@link LimitMode#LEASED}. */
        LEASED,
        /** This node remembers that the key was denied, and how long that holds; it looks now and then whether it still does. */
        REMEMBERED,
        /** Of one limit at least the far tier has not answered, and the policy for that decided. */
        OUTAGE,
        /** Rate limiting is switched off. */
        OFF
    }

    /**
     * Creates one.
     *
     * @throws NullPointerException if basis, uses or wait are null
     */
    public Decision {
        Objects.requireNonNull(basis, "The basis of a decision is null");
        Objects.requireNonNull(retryAfter, "The wait after a decision is null; none is zero");
        uses = List.copyOf(uses);
    }

    /**
     * Returns the uses of the quotas that deny the request. Empty if it was admitted, and where an outage denies it by the
     * policy {@link LimitOutage#CLOSED}, for then nothing was counted.
     */
    public List<QuotaUse> violated() {
        return uses.stream().filter(use -> !use.retryAfter().isZero()).toList();
    }
}
