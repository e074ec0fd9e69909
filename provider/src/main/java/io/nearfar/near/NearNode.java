package io.nearfar.near;

import io.nearfar.entry.Entry;
import org.jspecify.annotations.Nullable;

/**
 * An entry in the near tier with what decides whether it may be served.
 *
 * @param entry the entry
 * @param partition the state of its partition
 * @param epoch the partition's epoch in which its fill began
 * @param leaves server time in microseconds from which it is no longer served here, whatever its expiration
 * @param text the text of the key if it cannot be turned back into the key, else null
 */
record NearNode<V>(
        Entry<V> entry,
        Partition partition,
        int epoch,
        long leaves,
        @Nullable String text) {
    boolean isLive(long nowMicros) {
        return nowMicros < leaves
                && !entry.isExpired(nowMicros)
                && partition.admits(entry.version().stamp(), epoch);
    }

    boolean isOlderThan(long stamp) {
        return entry.version().stamp() < stamp;
    }
}
