package io.nearfar;

import java.util.concurrent.CompletionStage;

/**
 * An invalidation of a pattern or a prefix that goes on in the background, for whoever wants to see how far it has come, or to
 * end it; see {@link NearfarCache#startInvalidatingPattern}. Safe for use by several threads.
 */
public interface PatternInvalidation {
    /** Returns the pattern; that of a prefix ends with a star. */
    String pattern();

    /**
     * Returns how many keys servers have looked at so far, about: also those of other caches, and those that do not match. Where
     * a server was replaced meanwhile, the walk over the keys has begun anew and they count again.
     */
    long looked();

    /** Returns how many keys were found to match so far, of those that servers have dealt with. */
    long found();

    /** Returns how many entries were removed so far; fewer than were found if some were expired or were being loaded. */
    long removed();

    /**
     * Ends it after the step that is under way: what was removed stays so, and what was not looked at stays as it is. Has no
     * effect once it has ended.
     */
    void cancel();

    /** Tells whether it was cancelled, by {@link #cancel} or since the cache was closed. */
    boolean isCancelled();

    /**
     * Returns a stage that completes when it has ended, also if it was cancelled, with the number of entries that it has removed;
     * or, exceptionally, with a {@link FarTierUnavailableException} if the far tier does not answer and the cache fails closed.
     */
    CompletionStage<Long> done();
}
