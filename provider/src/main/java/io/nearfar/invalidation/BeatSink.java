package io.nearfar.invalidation;

import io.nearfar.entry.Version;
import org.jspecify.annotations.Nullable;

/**
 * Where beats arrive: the far tier is asked at short intervals for the last write of each partition, so that a message
 * that never came is missed. Called by the link's thread; must not block.
 */
public interface BeatSink {
    /** Some time has passed, a quarter of that between two beats, and this is an instant of {@link System#nanoTime}. */
    default void ticking(long now) {}

    /** The chain of a partition is about to be asked for, at that instant of {@link System#nanoTime}. */
    void asking(int partition, long sentAt);

    /**
     * The answer to what was asked for at {@code sentAt}.
     *
     * @param chain the partition's last write, or null if the far tier knows of none
     */
    void answered(int partition, long sentAt, @Nullable Version chain);
}
