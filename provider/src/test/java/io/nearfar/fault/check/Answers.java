package io.nearfar.fault.check;

import io.nearfar.FarRefusalException;
import io.nearfar.FarTierUnavailableException;
import io.nearfar.fault.history.Kind;
import io.nearfar.fault.history.Operation;
import java.util.EnumSet;
import java.util.Set;

/** In an outage callers see the documented exception and no other, and where a cache fails open many see none. */
final class Answers implements Rule {
    private static final Set<String> DOCUMENTED =
            Set.of(FarTierUnavailableException.class.getSimpleName(), FarRefusalException.class.getSimpleName());
    private static final Set<Kind> ANSWERED_WHEN_OPEN = EnumSet.of(
            Kind.GET,
            Kind.GET_OR_LOAD,
            Kind.GET_ALL,
            Kind.LAST_GET,
            Kind.PUT,
            Kind.PUT_ALL,
            Kind.REMOVE,
            Kind.EXPIRE,
            Kind.CLEAR,
            Kind.INVALIDATE,
            Kind.INVALIDATE_LIKE);

    @Override
    public void check(History history, Bounds bounds, Findings findings) {
        for (Operation operation : history.operations()) {
            if (operation.failure().isEmpty()) {
                continue;
            } else if (!DOCUMENTED.contains(operation.failure())) {
                findings.add(Invariant.OUTAGES, "an exception that is not documented", operation);
            } else if (bounds.failsOpen() && ANSWERED_WHEN_OPEN.contains(operation.kind())) {
                findings.add(Invariant.OUTAGES, "an exception although the cache fails open", operation);
            }
        }
    }
}
