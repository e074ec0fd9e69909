package io.nearfar.limit;

import io.nearfar.Decision;
import io.nearfar.Decision.Basis;
import io.nearfar.Quota;
import io.nearfar.QuotaUse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was spent on a request out of this node's credits, and what others are still to be asked about.
 *
 * @param asked the quotas of the request
 * @param rest those of which nothing was in hand
 * @param leases what was spent from
 * @param cost how much, from each
 * @param decision that the request may pass; if there is a rest, that will be known only when it is
 */
record Held(List<Quota> asked, List<Quota> rest, List<Lease> leases, long cost, Decision decision) {
    /** Returns what was spent on a request, from those leases in the order of the quotas. */
    static Held of(List<Quota> asked, List<Quota> rest, List<Lease> leases, long cost) {
        List<QuotaUse> uses = leases.stream().map(Lease::use).toList();
        return new Held(asked, rest, leases, cost, new Decision(true, Basis.LEASED, uses, Duration.ZERO));
    }

    /** Returns that a request with one quota may pass; the same for each. */
    static Held whole(Lease lease) {
        return new Held(
                List.of(),
                List.of(),
                List.of(),
                0,
                new Decision(true, Basis.LEASED, List.of(lease.use()), Duration.ZERO));
    }

    /** Tells whether nobody is to be asked. */
    boolean isAll() {
        return rest.isEmpty();
    }

    /** Returns the decision about the whole request, after the rest has admitted it. */
    Decision with(Decision admitted) {
        List<QuotaUse> uses = new ArrayList<>(Stream.concat(decision.uses().stream(), admitted.uses().stream())
                .toList());
        uses.sort(Comparator.comparingInt(use -> asked.indexOf(use.quota())));
        return new Decision(true, admitted.basis(), uses, Duration.ZERO);
    }
}
