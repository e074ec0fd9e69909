package io.nearfar.entry;

import org.jspecify.annotations.Nullable;

/**
 * Things that are each to be done whatever becomes of the others, such as the parts of one invalidation; then the first failure is
 * thrown, with the others as suppressed. For use by one thread.
 */
public final class Attempts {
    private @Nullable RuntimeException failure;

    /** Does one of them. */
    public void make(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            if (failure == null) {
                failure = e;
            } else if (failure != e) {
                failure.addSuppressed(e);
            }
        }
    }

    /**
     * Ends them.
     *
     * @throws RuntimeException the first failure, if there was one
     */
    public void end() {
        if (failure != null) {
            throw failure;
        }
    }
}
