package io.nearfar.sample.origin;

import org.jspecify.annotations.Nullable;

/**
 * What the application answers with.
 *
 * @param data the answer itself; null if what was asked for does not exist
 * @param cache the cache that keeps answers of this kind
 * @param from who answered: {@code near}, {@code far}, {@code database} or {@code service}
 * @param millis how long it took, from the call of the cached method to its return, in milliseconds
 */
public record Answer<T>(@Nullable T data, String cache, String from, double millis) {}
