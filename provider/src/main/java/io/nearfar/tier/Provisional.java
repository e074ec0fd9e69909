package io.nearfar.tier;

import io.nearfar.entry.Version;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Versions that this node gives by itself while the far tier does not answer. No write of the far tier has one of them,
 * for its stamps are above zero.
 */
final class Provisional {
    private static final AtomicLong LAST = new AtomicLong(Long.MIN_VALUE);

    private Provisional() {}

    static Version next() {
        return new Version(LAST.incrementAndGet(), ThreadLocalRandom.current().nextLong());
    }

    static boolean is(Version version) {
        return version.stamp() < 0;
    }
}
