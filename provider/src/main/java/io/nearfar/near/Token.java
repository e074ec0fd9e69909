package io.nearfar.near;

import io.nearfar.entry.Version;
import org.jspecify.annotations.Nullable;

/**
 * Stands for the reads and writes of one key that are under way. An invalidation that arrives meanwhile leaves its
 * version here, and what a read then brings is kept only if it is that write or a later one.
 */
final class Token {
    private final int epoch;
    private int users;
    private volatile @Nullable Version mark;

    /** Creates one without users; what they bring is of that epoch of the key's partition. */
    Token(int epoch) {
        this.epoch = epoch;
    }

    int epoch() {
        return epoch;
    }

    boolean isOfEpoch(int other) {
        return epoch == other;
    }

    /** Counts one more user; called while the registry holds the key. */
    Token enter() {
        users++;
        return this;
    }

    /** Counts one user less and returns whether none is left; called while the registry holds the key. */
    boolean leave() {
        return --users == 0;
    }

    synchronized void mark(Version version) {
        Version seen = mark;
        if (seen == null || version.isAfter(seen)) {
            mark = version;
        }
    }

    boolean admits(Version version) {
        Version seen = mark;
        return seen == null || version.isAfter(seen) || version.equals(seen);
    }
}
