package io.nearfar.near;

import io.nearfar.entry.Entry;
import io.nearfar.entry.ServerClock;
import java.util.List;

/**
 * What the near tier keeps under a key, and whether it is served.
 *
 * @param entry as it is kept
 * @param state whether it is served, or why not
 * @param tag the tag that has ended it; else empty
 * @param now the server's time, in microseconds
 * @param leaves server time from which it is no longer served, whatever its expiration
 * @param sinceVerified how many nanoseconds ago its partition was verified
 */
public record NearLook<V>(Entry<V> entry, State state, String tag, long now, long leaves, long sinceVerified) {
    /** Whether an entry is served, or why not. */
    public enum State {
        /** It is. */
        SERVED,
        /** The near lease of its partition is over. */
        LEASE_OVER,
        /** It has stayed here for as long as it may. */
        STAY_OVER,
        /** Its time is over. */
        EXPIRED,
        /** One of its tags was invalidated. */
        INVALIDATED,
        /** Its partition was cleared. */
        CLEARED,
        /** A pattern has ended it, or something took its place. */
        OVERTAKEN,
        /** It is of an epoch of before. */
        OTHER_EPOCH
    }

    static <V> NearLook<V> at(NearNode<V> node, Object key, long nanos, ServerClock clock) {
        long now = clock.microsAt(nanos);
        Partition partition = node.partition();
        long age = partition.lease().age(nanos);
        State state = state(node, key, now);
        boolean over = state == State.SERVED && !partition.lease().holds(nanos);
        String tag = state == State.INVALIDATED ? deadTag(node) : "";
        return new NearLook<>(node, over ? State.LEASE_OVER : state, tag, now, node.leaves(), age);
    }

    private static State state(NearNode<?> node, Object key, long now) {
        if (node.isLive(key, now)) {
            return State.SERVED;
        } else if (node.isExpired(now)) {
            return State.EXPIRED;
        } else if (now >= node.leaves()) {
            return State.STAY_OVER;
        } else if (!node.isOfEpoch(node.partition().epoch())) {
            return State.OTHER_EPOCH;
        } else if (!deadTag(node).isEmpty()) {
            return State.INVALIDATED;
        }
        return node.partition().admits(node.stamp(), node.epoch()) ? State.OVERTAKEN : State.CLEARED;
    }

    private static String deadTag(NearNode<?> node) {
        long stamp = node.stamp();
        return node.attributes().tags().stream()
                .filter(tag -> !node.partition().admitsTags(stamp, List.of(tag)))
                .findFirst()
                .orElse("");
    }
}
