package io.nearfar;

/**
 * How fast the keys of a cache are looked through, when those that match a pattern are invalidated. Immutable.
 *
 * @param pageSize how many keys a server looks at in one step, from 1 to 10,000. Each step holds up other calls for the time
 *     that it takes: some microseconds for each key that matches
 * @param keysPerSecond how many keys are looked at in a second at most, those of other caches on the same servers and those that
 *     do not match included; {@link Long#MAX_VALUE} for no limit. Without a far tier it has no effect
 */
public record InvalidationPace(int pageSize, long keysPerSecond) {
    /** 500 keys in a step, and as many steps as the servers answer one after another. */
    public static final InvalidationPace DEFAULT = new InvalidationPace(500, Long.MAX_VALUE);

    private static final int LARGEST_PAGE = 10_000;

    /**
     * Creates a pace.
     *
     * @throws IllegalArgumentException if one of the numbers is out of its range; names it
     */
    public InvalidationPace {
        if (pageSize < 1 || pageSize > LARGEST_PAGE) {
            throw new IllegalArgumentException(
                    "The page size " + pageSize + " of an invalidation is not from 1 to " + LARGEST_PAGE);
        } else if (keysPerSecond < 1) {
            throw new IllegalArgumentException("An invalidation at " + keysPerSecond
                    + " keys per second would not come to its end; give at least 1, or Long.MAX_VALUE for no limit");
        }
    }

    /** Returns the same with steps of another size. */
    public InvalidationPace withPageSize(int keys) {
        return new InvalidationPace(keys, keysPerSecond);
    }

    /** Returns the same with another limit. */
    public InvalidationPace withKeysPerSecond(long keys) {
        return new InvalidationPace(pageSize, keys);
    }
}
