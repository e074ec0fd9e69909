package io.nearfar;

/**
 * What a cache has done on this node since it was created, one consistent-enough reading of counters that run on.
 *
 * @param nearHits reads answered by the near tier
 * @param farHits reads answered by the far tier
 * @param misses reads that no tier could answer
 * @param loads calls of a loader or an annotated method for a missing entry; not those that a rate limit refused
 * @param puts entries written
 * @param removals entries removed by request
 * @param evictions entries that the near tier let go for want of room
 * @param invalidations near entries dropped because a message or an own write named them
 * @param unavailable far operations that failed or were not tried
 * @param rejected keys and values of the far tier that could not be decoded, or are of a type that is not trusted, and
 *     counted as missing
 * @param staleAnswers near hits in an outage whose entry had not been verified within the near lease
 * @param graceAnswers loads that failed, or were left out because one had failed a moment ago, and were answered with a value
 *     whose time is over
 * @param refusedLoads keys for which nothing was called, for the cache's {@code load.limit} had no room
 * @param dirtyKeys keys changed in an outage, of which the far tier is yet to be told, now
 * @param nearSize entries in the near tier now
 * @param nearNanos sum of the times of near hits of {@code get}, measured on a sample and scaled, in nanoseconds
 * @param farNanos sum of the times of far hits, in nanoseconds
 * @param loadNanos sum of the times of loads, in nanoseconds
 */
public record CacheFigures(
        long nearHits,
        long farHits,
        long misses,
        long loads,
        long puts,
        long removals,
        long evictions,
        long invalidations,
        long unavailable,
        long rejected,
        long staleAnswers,
        long graceAnswers,
        long refusedLoads,
        long dirtyKeys,
        long nearSize,
        long nearNanos,
        long farNanos,
        long loadNanos) {

    /** Returns the share of reads that found an entry, from 0 to 1; 0 before the first read. */
    public double hitRate() {
        long hits = nearHits + farHits;
        long reads = hits + misses;
        return reads == 0 ? 0 : (double) hits / reads;
    }
}
