package io.nearfar;

/**
 * Told of what a cache does, in the thread that does it, right after it happened. Register one with
 * {@link NearfarCache#addObserver}. Implementations must be quick and safe for use by several threads; what they throw
 * is logged once and never reaches the caller of the cache.
 */
public interface CacheObserver {
    /** A read was answered with a live entry by {@code tier}; {@code nanos} is the time the answer took. */
    default void hit(String cache, Tier tier, long nanos) {}

    /** A read found no live entry in any tier; {@code nanos} is the time it took to know. */
    default void miss(String cache, long nanos) {}

    /** A loader or an annotated method was called for a missing entry and took {@code nanos}. */
    default void loaded(String cache, long nanos) {}

    /** An entry was written. */
    default void put(String cache) {}

    /** An entry was removed by request. */
    default void removed(String cache) {}

    /** The near tier let go of an entry for want of room. */
    default void evicted(String cache) {}

    /** The near tier dropped what an invalidation named, sent by this node or another. */
    default void invalidated(String cache) {}

    /** The far tier failed or was not asked because it is known to fail. */
    default void unavailable(String cache) {}
}
