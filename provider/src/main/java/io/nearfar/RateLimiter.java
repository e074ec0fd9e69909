package io.nearfar;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Counts requests against limits; reached by {@code manager.unwrap(RateLimiter.class)}. Safe for use by several threads.
 *
 * <p>Requests are counted in sliding windows, by the clock of the far tier where there is one, over all nodes under the
 * manager's prefix; else in this process. No window of any limit ever holds more permits than the limit has, with these
 * exceptions: the server lost the counts (a flush, an eviction, a failover), and each such loss within a window lets it hold
 * as many again; its clock jumped forward, or was set back and right again, or that of the server that took over is ahead, and
 * permits came back early; the limit's window was changed, and what the shorter of the two does not reach was forgotten; or
 * the far tier did not answer, and a policy admitted what it did not count; see {@link LimitOutage}.
 *
 * <p>Several quotas are one decision: all are looked at before any is charged, and a request that is denied is charged to
 * none. On a cluster whose quotas lie in several slots what was charged to one is taken back if another denies: for the time
 * of a round trip or two it counts, and a request that needs just that permit may be denied for it; it stays charged where the
 * server does not answer to that.
 *
 * <p>A call takes no longer than {@code nearfar.limit.deadline} and is never sent again if it may have been counted; an
 * answer that was lost may so have cost a permit, never two. What the far tier does not answer about within the deadline,
 * the policy of each limit decides, the strictest of several; what it does answer about is charged, and denies. What was
 * denied is denied by memory until it could be admitted, and asked about once a second; on a cluster, what may be charged in
 * passing, as a quota for all is, as soon as a deadline is over.
 *
 * <p>Of a limit in mode {@link LimitMode#LEASED} a node holds credits, and decides by them without a question. They are
 * counted far from when the node takes them, and a permit of such a limit counts for as much longer than the window as
 * credits are good; what is not spent is given back.
 */
public interface RateLimiter {
    /**
     * Decides whether a request may pass, and charges it if it may. Asks the far tier in the calling thread, if need be.
     *
     * @param quotas all limits that hold for it; none twice
     * @param cost how many permits of each it takes. Whoever lowers a limit while an application runs, or lets somebody
     *     choose the cost, has to keep it within the limit
     * @throws IllegalArgumentException if there is no quota, or one twice, or the cost is below 1 or above what one of the
     *     limits ever admits
     * @throws IllegalStateException if the manager is closed
     * @throws NullPointerException if the quotas, or one of them, are null
     */
    Decision decide(Collection<Quota> quotas, long cost);

    /** Decides about a request that costs one permit; see {@link #decide(Collection, long)}. */
    default Decision decide(Quota... quotas) {
        return decide(List.of(quotas), 1);
    }

    /**
     * Like {@link #decide(Collection, long)}, without ever waiting in the calling thread. What needs no question is there
     * at once. The stage completes in one of a few threads of the limiter's: what takes long after it needs an executor of
     * its own. It never completes exceptionally for an outage. Decisions that wait for a thread do so within the deadline;
     * where more than a thousand wait, further ones are not asked about, as in an outage.
     *
     * @throws IllegalArgumentException as {@link #decide(Collection, long)}, at once
     * @throws IllegalStateException if the manager is closed
     * @throws NullPointerException if the quotas, or one of them, are null
     */
    CompletionStage<Decision> decideAsync(Collection<Quota> quotas, long cost);

    /** Decides about a request that costs one permit; see {@link #decideAsync(Collection, long)}. */
    default CompletionStage<Decision> decideAsync(Quota... quotas) {
        return decideAsync(List.of(quotas), 1);
    }

    /**
     * Tells whether {@link #decide(Collection, long)} would admit a request now, and charges nothing: so the uses are without
     * its cost. Asks always, also about what is known to be denied, and what this node holds credits of.
     *
     * @throws IllegalArgumentException as there
     * @throws IllegalStateException if the manager is closed
     * @throws NullPointerException if the quotas, or one of them, are null
     */
    Decision peek(Collection<Quota> quotas, long cost);

    /** Tells of a request that costs one permit; see {@link #peek(Collection, long)}. */
    default Decision peek(Quota... quotas) {
        return peek(List.of(quotas), 1);
    }

    /**
     * Returns what was made of a quota; its wait is that for one permit.
     *
     * @throws FarTierUnavailableException if the far tier does not answer
     * @throws IllegalStateException if the manager is closed
     * @throws NullPointerException if the quota is null
     */
    QuotaUse info(Quota quota);

    /**
     * Forgets all requests that were counted for a quota, whatever its limit says at the moment. Other nodes that remember a
     * denial go on denying for up to a second, and those that hold credits of a leased limit may spend them as long.
     *
     * @throws FarTierUnavailableException if the far tier does not answer
     * @throws IllegalStateException if the manager is closed
     * @throws NullPointerException if the quota is null
     */
    void reset(Quota quota);

    /**
     * Counts, for the metrics of this node, a request that passed without the leave of a limit. Charges nothing, asks nobody and
     * never waits. An implementation that has no metrics does nothing. For those who let requests pass: {@code @RateLimited} does it for exempt roles and in shadow mode. Nothing is
     * counted while rate limiting is switched off.
     *
     * @param limit the limit that did not refuse it
     * @param reason why it did not
     * @throws IllegalStateException if the manager is closed
     * @throws NullPointerException if {@code limit} or {@code reason} is null
     */
    default void bypassed(Limit limit, Bypass reason) {}
}
