package io.nearfar.limit;

import io.nearfar.Quota;
import io.nearfar.far.Counted;
import io.nearfar.far.Grant;
import io.nearfar.far.Standing;
import io.nearfar.limit.Backlog.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes credits anew of keys that are asked for all the time, before those in hand are spent or over, so that nobody waits for
 * them: of some keys with one question, one question at a time. Safe for use by several threads.
 */
final class Renewals implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Renewals.class);

    /** Of so many keys at once: ten thousand whose credits are good for a second are 500 questions, which stop nobody for long. */
    private static final int AT_ONCE = 20;

    private static final long COST = 1;
    private static final int QUESTIONS_OF_A_RUN = 20;
    private static final long PERIOD_MILLIS = 5;

    private final LongSupplier nanoTime;
    private final Windows windows;
    private final Returns returns;
    private final Backlog<Holding> backlog;
    private final Errand errand;
    private boolean closed;

    /**
     * Creates one.
     *
     * @param windows is asked
     * @param maximum of how many keys at a time, about
     * @param returns where what is not spent goes
     */
    Renewals(LongSupplier nanoTime, Windows windows, long maximum, Later later, Returns returns) {
        this.nanoTime = nanoTime;
        this.windows = windows;
        this.returns = returns;
        this.backlog = new Backlog<>(maximum);
        this.errand = new Errand(later, PERIOD_MILLIS, this::renew, () -> !backlog.isEmpty());
    }

    /** Has credits of a quota taken anew in a while, unless somebody is asking for some already. */
    void add(Quota quota, Holding holding) {
        if (holding.beginRenewing()) {
            if (backlog.add(quota, holding)) {
                errand.plan();
            } else {
                holding.leaveIt();
            }
        }
    }

    private void renew() {
        for (int i = 0; i < QUESTIONS_OF_A_RUN && !backlog.isEmpty(); i++) {
            ask(backlog.take(AT_ONCE, holding -> true, Holding::leaveIt));
        }
    }

    private synchronized void ask(List<Item<Holding>> items) {
        long sent = nanoTime.getAsLong();
        Asking asking = new Asking(sent);
        List<Grant> grants = new ArrayList<>();
        try {
            if (!closed) {
                List<Quota> quotas = new ArrayList<>();
                items.forEach(item -> {
                    quotas.add(item.quota());
                    asking.addForLater(item.quota(), item.waiting());
                });
                Counted counted = charge(quotas, sent, asking, grants);
                boolean isAll = counted.failure() == null
                        && counted.grants().size() == counted.quotas().size();
                grants.addAll(isAll ? withTheCost(counted.grants()) : counted.grants());
                if (!isAll) {
                    counted.refund().run();
                }
            }
        } catch (RuntimeException e) {
            LOG.debug("Credits could not be taken anew", e);
        } finally {
            asking.end(grants, returns::add);
        }
    }

    /**
     * Credits come with a request that costs a permit. Nobody has made this one, so the permit is a credit too; but where there are
     * no others it is taken back.
     */
    private static List<Grant> withTheCost(List<Grant> grants) {
        return grants.stream()
                .map(grant -> new Grant(
                        grant.quota(), grant.credits() + COST, grant.standing(), grant.instant(), grant.base()))
                .toList();
    }

    /**
     * What has no room denies all, and is left out then. In several slots credits may have come before that was known: they stay, and
     * go to {@code kept}.
     */
    private Counted charge(List<Quota> quotas, long sent, Asking asking, List<Grant> kept) {
        Counted counted = windows.decide(quotas, COST, true, sent, asking);
        if (counted.failure() != null || counted.verdict().admitted()) {
            return counted;
        }
        List<Quota> free = new ArrayList<>();
        List<Standing> standings = counted.verdict().standings();
        for (int i = 0; i < standings.size(); i++) {
            Quota quota = counted.quotas().get(i);
            if (standings.get(i).freeIn() == 0
                    && counted.grants().stream()
                            .noneMatch(grant -> grant.quota().equals(quota))) {
                free.add(quota);
            }
        }
        if (free.isEmpty()) {
            return counted;
        }
        kept.addAll(counted.grants());
        return windows.decide(free, COST, true, nanoTime.getAsLong(), asking);
    }

    /** Takes no more; waits for what is just being taken. */
    @Override
    public synchronized void close() {
        closed = true;
    }
}
