package io.nearfar.limit;

import io.nearfar.Quota;
import io.nearfar.far.Counted;
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
     * Forgets what was counted.
     *
     * @throws io.nearfar.FarTierUnavailableException if whoever counts does not answer
     */
    void reset(Quota quota);

    /** Tells whether all answer who count, as far as is known. */
    boolean isWhole();
}
