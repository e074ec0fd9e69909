package io.nearfar.limit;

import io.nearfar.Decision;
import io.nearfar.Decision.Basis;
import io.nearfar.Quota;
import io.nearfar.QuotaUse;
import io.nearfar.far.Credits;
import io.nearfar.far.Grant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The credits that this node holds. Whoever spends takes no lock and asks nobody. Bounded; what finds no room is counted
 * request by request. Safe for use by several threads.
 */
final class Leases implements AutoCloseable {
    private final LongSupplier nanoTime;
    private final Returns returns;
    private final Renewals renewals;
    private final SweptMap<Name, Holding> holdings;
    private final Object making = new Object();

    /**
     * Creates some.
     *
     * @param maximum of how many keys credits are held
     * @param returns where what is not spent goes
     * @param renewals takes credits anew that are nearly spent or over
     */
    Leases(LongSupplier nanoTime, long maximum, Returns returns, Renewals renewals) {
        this.nanoTime = nanoTime;
        this.returns = returns;
        this.renewals = renewals;
        this.holdings = new SweptMap<>(maximum, holding -> holding.isIdle(nanoTime.getAsLong()));
    }

    /** Spends on a request what is in hand of each of its quotas, or returns null if that is nothing. */
    @Nullable
    Held take(List<Quota> asked, long cost) {
        if (holdings.isEmpty()) {
            return null;
        }
        if (asked.size() > 1) {
            return takeFromSeveral(asked, cost);
        }
        Lease lease = takeFrom(asked.get(0), cost);
        return lease == null ? null : lease.whole();
    }

    private @Nullable Held takeFromSeveral(List<Quota> asked, long cost) {
        List<Lease> leases = new ArrayList<>(asked.size());
        List<Quota> rest = new ArrayList<>(asked.size());
        for (Quota quota : asked) {
            Lease lease = takeFrom(quota, cost);
            if (lease == null) {
                rest.add(quota);
            } else {
                leases.add(lease);
            }
        }
        return leases.isEmpty() ? null : Held.of(asked, rest, leases, cost);
    }

    private @Nullable Lease takeFrom(Quota quota, long cost) {
        Holding holding = known(quota);
        Lease lease = holding == null ? null : holding.lease();
        if (holding == null || lease == null) {
            return null;
        }
        long now = nanoTime.getAsLong();
        if (!lease.hasLeft(cost) || lease.isOver(now)) {
            lease = holding.advance(lease);
        }
        if (lease == null || !lease.spend(quota.limit(), cost, now)) {
            return null;
        }
        if (lease.isWaning(now)) {
            renewals.add(quota, holding);
        }
        return lease;
    }

    private @Nullable Holding known(Quota quota) {
        return Credits.areLeased(quota.limit()) ? holdings.get(Name.of(quota)) : null;
    }

    /** Puts back what was spent on a request that others have denied. */
    void release(@Nullable Held held) {
        if (held != null) {
            for (Lease lease : held.leases()) {
                lease.putBack(held.cost());
                if (lease.isSettled()) {
                    returns.add(lease);
                }
            }
        }
    }

    /**
     * Returns the wishes that go with a question.
     *
     * @param sent an instant before it is sent
     */
    Asking ask(List<Quota> quotas, long cost, long sent) {
        Asking asking = new Asking(sent);
        for (Quota quota : quotas) {
            Holding holding = Credits.areLeased(quota.limit()) ? holding(Name.of(quota), sent) : null;
            if (holding != null) {
                asking.add(quota, holding, cost);
            }
        }
        return asking;
    }

    private @Nullable Holding holding(Name name, long now) {
        Holding there = holdings.get(name);
        return there == null ? made(name, now) : there;
    }

    private @Nullable Holding made(Name name, long now) {
        synchronized (making) {
            Holding there = holdings.get(name);
            if (there == null && holdings.hasRoom()) {
                there = new Holding(now);
                holdings.put(name, there);
            }
            return there;
        }
    }

    /** Ends the wishes with what has come. */
    void end(Asking asking, List<Grant> grants) {
        asking.end(grants, returns::add);
    }

    /** Returns what a decision that only looked is with the credits that are in hand, which nobody else knows of. */
    Decision seen(List<Quota> asked, long cost, Decision decision) {
        if (decision.admitted() || holdings.isEmpty()) {
            return decision;
        }
        List<QuotaUse> uses =
                decision.uses().stream().map(use -> seen(use, cost)).toList();
        if (asked.stream().allMatch(quota -> has(quota, cost))) {
            return new Decision(true, Basis.LEASED, uses, Duration.ZERO);
        }
        boolean admitted = !decision.violated().isEmpty()
                && uses.stream().allMatch(use -> use.retryAfter().isZero());
        return new Decision(admitted, decision.basis(), uses, admitted ? Duration.ZERO : wait(decision, uses));
    }

    /** What denied without having counted has its own wait. */
    private static Duration wait(Decision decision, List<QuotaUse> uses) {
        return decision.violated().isEmpty() ? decision.retryAfter() : Uses.longestWait(uses);
    }

    /** Returns what a use is with the credits that are in hand. */
    QuotaUse seen(QuotaUse use, long cost) {
        boolean isFree = !use.retryAfter().isZero() && has(use.quota(), cost);
        return isFree ? new QuotaUse(use.quota(), use.used(), use.windowStart(), use.windowEnd(), Duration.ZERO) : use;
    }

    private boolean has(Quota quota, long cost) {
        Holding holding = known(quota);
        return holding != null && (has(holding.lease(), quota, cost) || has(holding.next(), quota, cost));
    }

    private boolean has(@Nullable Lease lease, Quota quota, long cost) {
        return lease != null && lease.has(quota.limit(), cost, nanoTime.getAsLong());
    }

    /** Forgets the credits of a quota, whatever its limit says at the moment. */
    void forget(Quota quota) {
        Name name = Name.of(quota);
        Holding holding = holdings.get(name);
        if (holding != null) {
            holdings.remove(name, holding);
            holding.end();
        }
    }

    /** Lets a few places go that nobody misses. */
    void tidy() {
        holdings.tidy();
    }

    /** Returns of how many keys there may be credits. */
    long size() {
        return holdings.size();
    }

    /** Gives all back. */
    @Override
    public void close() {
        renewals.close();
        returns.close();
    }
}
