package io.nearfar;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a warming is, as this node knows it. The figures are those of the latest run on this node.
 *
 * @param name of its plan
 * @param cache the cache that it fills
 * @param state what this node does about it
 * @param loaded for how many keys there is a value, loaded by the run or there before
 * @param failed for how many keys there is none, because the load failed or found nothing
 * @param expected how many keys the run is about; -1 if it has not said so
 * @param begun when it began, by this machine's clock; null if there was none
 * @param ended when it ended; null if there was none, or it goes on
 * @param failure what the run as a whole failed by, in words; null if it has not failed
 */
public record WarmingProgress(
        String name,
        String cache,
        State state,
        long loaded,
        long failed,
        long expected,
        @Nullable Instant begun,
        @Nullable Instant ended,
        @Nullable String failure) {
    /** What a node does about a warming. */
    public enum State {
        /** It waits for the cache, which nobody has opened yet, or for the far tier. */
        WAITING,
        /** It runs it. */
        RUNNING,
        /** Its own run was the latest that it knows of, and has come to its end. */
        DONE,
        /** Another node runs it, or has run it. */
        ELSEWHERE,
        /** Its run has failed; it is tried again. */
        FAILED
    }
}
