package io.nearfar.far;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some entries of a cache, taken by chance.
 *
 * @param cache the cache
 * @param entries how many it has, dead ones that were not deleted yet among them
 * @param lives of those that were taken
 */
public record CacheSample(CacheVersion cache, long entries, List<Life> lives) {
    /** Copies the list. */
    public CacheSample {
        lives = List.copyOf(lives);
    }

    /**
     * How long an entry is there, will be, and was not asked for.
     *
     * @param ageMillis since it was created
     * @param wholeMillis from its creation to its expiration, or null if it never expires
     * @param idleMillis since the server was last asked for it, or null if that is not known
     */
    public record Life(
            long ageMillis,
            @Nullable Long wholeMillis,
            @Nullable Long idleMillis) {}
}
