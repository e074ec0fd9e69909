package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.Quota;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those quotas of a request about which one script can decide, and what became of that. Once it has no answer, it stays
 * without. Used by one thread.
 */
final class Share {
    private static final Logger LOG = LoggerFactory.getLogger(Share.class);

    private final LimitScripts scripts;
    private final long cost;
    private final Wishes wishes;
    private final List<Integer> places = new ArrayList<>();
    private final List<Quota> quotas = new ArrayList<>();
    private @Nullable ScriptCall call;
    private boolean charging;
    private List<Object> reply = List.of();
    private @Nullable FarTierUnavailableException failure;
    private @Nullable ScriptCall refunding;
    private boolean refunded;

    /** Creates one without quotas. */
    Share(LimitScripts scripts, long cost, Wishes wishes) {
        this.scripts = scripts;
        this.cost = cost;
        this.wishes = wishes;
    }

    /** Returns what became of one of several requests that were charged together here, as if it had been charged alone. */
    Share ofOne(int number) {
        Share one = new Share(scripts, cost, wishes);
        one.places.addAll(places);
        one.quotas.addAll(quotas);
        one.charging = charging;
        one.failure = failure;
        one.reply = failure == null ? LimitScripts.replyToOne(reply, number, cost) : reply;
        return one;
    }

    /** Adds a quota that has that place in the request. */
    void add(int place, Quota quota) {
        places.add(place);
        quotas.add(quota);
    }

    /** Tells whether one of the quotas counts for all together, so that many contend for it. */
    boolean isContended() {
        return quotas.stream().anyMatch(quota -> quota.key().isEmpty());
    }

    List<Quota> quotas() {
        return quotas;
    }

    /**
     * Begins to ask, if that has a chance.
     *
     * @param requests how many to charge; 0 to look only
     * @param until the instant of {@link System#nanoTime} at which the question is given up
     */
    void begin(int requests, long until) {
        if (failure == null) {
            charging = requests > 0;
            try {
                call = scripts.decide(quotas, cost, requests, wishes, until);
            } catch (FarTierUnavailableException e) {
                failure = e;
            }
        }
    }

    /** Waits for the answer to what was begun. */
    void await() {
        ScriptCall begun = call;
        if (failure == null && begun != null) {
            try {
                reply = begun.reply();
            } catch (FarTierUnavailableException e) {
                failure = e;
            }
        }
    }

    @Nullable
    FarTierUnavailableException failure() {
        return failure;
    }

    boolean denies() {
        return failure == null && Numbers.of(reply, 0) == 0;
    }

    /** Tells whether what it was last asked was to charge the request. */
    boolean isCharging() {
        return charging;
    }

    private boolean isCharged() {
        return hasCharged() && !refunded;
    }

    private boolean hasCharged() {
        return charging && failure == null && !denies();
    }

    /** Adds the credits that came with what was charged here; they stay when the request itself is taken back. */
    void addGrants(List<Grant> grants) {
        if (hasCharged()) {
            LimitScripts.addGrants(quotas, reply, grants);
        }
    }

    /** Begins to take back what was charged here, if something was. */
    void beginRefund() {
        if (isCharged()) {
            refunded = true;
            try {
                refunding = scripts.refund(quotas, cost, reply);
            } catch (FarTierUnavailableException e) {
                LOG.debug("What a request was charged that was denied stays charged", e);
            }
        }
    }

    /** Waits until it is taken back, but no longer than until then; it goes on without anybody. */
    void awaitRefund(long until) {
        ScriptCall begun = refunding;
        if (begun != null) {
            begun.settle(until);
        }
    }

    /** Returns what was said of the only quota. */
    Verdict verdict() {
        return Verdict.of(now(), List.of(LimitScripts.standing(reply, 0, 0)));
    }

    /** Returns the server's time when it answered. */
    long now() {
        return Numbers.of(reply, 1);
    }

    /** Adds how its quotas stand, by their places in the request. */
    void tell(SortedMap<Integer, Standing> standings) {
        for (int i = 0; i < places.size(); i++) {
            standings.put(places.get(i), LimitScripts.standing(reply, i, refunded ? cost : 0));
        }
    }
}
