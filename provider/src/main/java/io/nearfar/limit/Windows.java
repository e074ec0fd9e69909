package io.nearfar.limit;

import io.nearfar.Quota;
import io.nearfar.far.Counted;
import io.nearfar.far.GivenBack;
import io.nearfar.far.Unspent;
import io.nearfar.far.Wishes;
import java.util.Collections;
import java.util.List;

/** Where requests are counted. */
interface Windows {
    /**
     * Looks at all quotas, none of them twice, and then charges a request that all admit.
     *
     * @param charge whether to charge it, or only to look
     * @param since when the question was asked, in nanoseconds; whoever counts elsewhere has a deadline
     * @return what those say who answer
     */
    Counted decide(List<Quota> quotas, long cost, boolean charge, long since);

    /**
     * Looks likewise, and charges with the request the credits that are wished for, as many as can be had.
     *
     * @return what those say who answer, and the credits; none where nobody leases any
     */
    default Counted decide(List<Quota> quotas, long cost, boolean charge, long since, Wishes wishes) {
        return decide(quotas, cost, charge, since);
    }

    /** Takes back credits that nobody can spend any more; tells for each, in the same order, what became of them. */
    default List<GivenBack> giveBack(List<Unspent> unspent) {
        return Collections.nCopies(unspent.size(), GivenBack.UNANSWERED);
    }

    /**
     * Forgets what was counted.
     *
     * @throws io.nearfar.FarTierUnavailableException if whoever counts does not answer
     */
    void reset(Quota quota);

    /** Tells whether all answer who count, as far as is known. */
    boolean isWhole();
}
