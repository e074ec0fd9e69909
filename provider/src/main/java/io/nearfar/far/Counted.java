package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.Quota;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What those who count have said to a request.
 *
 * @param quotas the quotas of which something was said, in the order of the request
 * @param verdict what; it admits the request if none of these denies it
 * @param failure why nothing was said of the others, or null: there are none
 * @param fleeting the quotas that may be without room for the moment only, since requests are charged to them that others
 *     are still asked about
 * @param grants credits that came with what was charged; they stay, whatever becomes of the request
 * @param refund takes back what was charged, for whoever denies the request after all; does nothing if it was denied here
 */
public record Counted(
        List<Quota> quotas,
        Verdict verdict,
        @Nullable FarTierUnavailableException failure,
        List<Quota> fleeting,
        List<Grant> grants,
        Runnable refund) {
    /** Creates one. */
    public Counted {
        quotas = List.copyOf(quotas);
        fleeting = List.copyOf(fleeting);
        grants = List.copyOf(grants);
    }

    /** Returns what was said of all quotas of a request. */
    public static Counted whole(List<Quota> quotas, Verdict verdict) {
        return new Counted(quotas, verdict, null, List.of(), List.of(), () -> {});
    }

    /** Returns that nobody has said anything. */
    public static Counted nothing(FarTierUnavailableException failure) {
        return new Counted(List.of(), Verdict.of(0, List.of()), failure, List.of(), List.of(), () -> {});
    }

    /** Returns the quotas of a request of which nothing was said. */
    public List<Quota> missing(List<Quota> asked) {
        return asked.stream().filter(quota -> !quotas.contains(quota)).toList();
    }
}
