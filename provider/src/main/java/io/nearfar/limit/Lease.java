package io.nearfar.limit;

import io.nearfar.Limit;
import io.nearfar.QuotaUse;
import io.nearfar.far.Credits;
import io.nearfar.far.Grant;
import java.util.function.LongConsumer;

/**
 * Credits of one quota that this node may spend until an instant. They are counted far, for the validity longer than a window,
 * and the validity is over here before it is over there: it runs from before the question for them was sent, by a clock of
 * this process that knows no wall clock. So whatever is spent counts far for a window at least. Safe for use by several
 * threads.
 */
final class Lease {
    /** Fewer are not taken anew in the background. */
    private static final int FEW = 8;

    private static final int LAST_PART_OF_THE_TIME = 6;
    private static final int LAST_PART_OF_THE_CREDITS = 4;

    private final Grant grant;
    private final QuotaUse use;
    private final Held whole;
    private final long until;
    private final long waning;
    private final long few;
    private final boolean lasting;
    private final Purse purse;
    private volatile boolean closed;
    private volatile boolean last;
    private boolean settled;
    private long takenOut;

    /**
     * Creates one.
     *
     * @param sent an instant before the question was sent, in nanoseconds
     */
    Lease(Grant grant, long sent) {
        this.grant = grant;
        this.use = Uses.of(grant.quota(), grant.standing());
        this.whole = Held.whole(this);
        long validity = Credits.validityNanos(grant.quota().limit());
        this.until = sent + validity;
        this.waning = until - validity / LAST_PART_OF_THE_TIME;
        this.few = grant.credits() / LAST_PART_OF_THE_CREDITS;
        this.lasting = grant.credits() >= FEW && use.remaining() >= use.permits() / LAST_PART_OF_THE_CREDITS;
        this.purse = new Purse(grant.credits());
    }

    /** Tells whether so many are left, spendable or not. */
    boolean hasLeft(long cost) {
        return purse.has(cost);
    }

    /** Tells whether so many could be spent at an instant on a request under that limit. */
    boolean has(Limit limit, long cost, long now) {
        return hasLeft(cost) && isGood(limit, now);
    }

    /** Spends so many at an instant on a request under that limit, or none if that cannot be. */
    boolean spend(Limit limit, long cost, long now) {
        return isGood(limit, now) && purse.spend(cost);
    }

    /**
     * Tells whether it is time to take others: little time or few credits are left, and there were many, of a limit of which much
     * was left. The last permits are for those who ask. Once others were asked for in vain it is not: each request would ask again.
     */
    boolean isWaning(long now) {
        return lasting && !last && (now - waning >= 0 || !purse.hasMore(few));
    }

    /** What was leased under another number of permits may be too much under this one. */
    private boolean isGood(Limit limit, long now) {
        Limit leased = grant.quota().limit();
        return now - until < 0
                && (leased == limit
                        || (leased.permits() == limit.permits()
                                && leased.window().equals(limit.window())));
    }

    /** Puts back what was spent on a request that others have denied. */
    void putBack(long cost) {
        purse.add(cost);
    }

    /**
     * Notes that others were asked for in the background and have not come: there were none, or the answer was lost. What that has
     * charged is not to be charged once more, and a server that does not answer is not to be asked again by every request.
     */
    void isLast() {
        last = true;
    }

    /** Ends it before its time; whoever is spending may still do so. */
    void close() {
        closed = true;
    }

    /** Tells whether nothing more is to be spent at an instant. */
    boolean isOver(long now) {
        return closed || now - until >= 0;
    }

    /** Returns how many were spent until now; what was taken out was not. */
    synchronized long spent() {
        return grant.credits() - takenOut - purse.total();
    }

    /**
     * Takes out what is left; nobody spends it any more.
     *
     * @param spending is told how many were spent; and later, of what was put back since, that so many fewer were
     */
    synchronized long settle(LongConsumer spending) {
        long rest = purse.takeAll();
        long spent = settled ? -rest : grant.credits() - rest;
        settled = true;
        takenOut += rest;
        if (spent != 0) {
            spending.accept(spent);
        }
        return rest;
    }

    synchronized boolean isSettled() {
        return settled;
    }

    Grant grant() {
        return grant;
    }

    /** Returns what was made of the quota when they were leased, all of them included. */
    QuotaUse use() {
        return use;
    }

    /** Returns that the only quota of a request was in hand. */
    Held whole() {
        return whole;
    }
}
