package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.far.FarEntries.Unanswered;
import org.jspecify.annotations.Nullable;

/** Keeps the first of several failures until everything that was under way has ended. */
final class FirstFailure implements Unanswered<Object> {
    private @Nullable FarTierUnavailableException first;

    @Override
    public void tell(Object one, FarTierUnavailableException why) {
        first = first == null ? why : first;
    }

    void throwIfAny() {
        if (first != null) {
            throw first;
        }
    }
}
