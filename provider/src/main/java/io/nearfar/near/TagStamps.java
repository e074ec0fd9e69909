package io.nearfar.near;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Up to which stamps entries are dead by their tags. Bounded: where there are too many tags, all entries with tags up to
 * the last invalidation are dead.
 */
final class TagStamps {
    private static final int MOST = 1024;

    private final ConcurrentHashMap<String, Long> stamps = new ConcurrentHashMap<>();
    private volatile long floor = Long.MIN_VALUE;

    /** Ends the life of every write up to {@code stamp} that carries one of the tags. */
    synchronized void invalidate(Collection<String> tags, long stamp) {
        tags.forEach(tag -> stamps.merge(tag, stamp, Math::max));
        if (stamps.size() > MOST) {
            stamps.values().forEach(each -> floor = Math.max(floor, each));
            stamps.clear();
        }
    }

    /** Tells whether these tags would be too many. */
    synchronized boolean isFullFor(Collection<String> tags) {
        return stamps.size()
                        + tags.stream().filter(tag -> !stamps.containsKey(tag)).count()
                > MOST;
    }

    /** Tells whether a write of that stamp with these tags is still valid. */
    boolean admits(long stamp, List<String> tags) {
        return stamp > latest(tags);
    }

    /** Returns up to which stamp an entry with these tags is dead. Asks for the floor last: it comes first. */
    long latest(List<String> tags) {
        long latest = Long.MIN_VALUE;
        for (String tag : tags) {
            Long dead = stamps.get(tag);
            latest = dead == null ? latest : Math.max(latest, dead);
        }
        return Math.max(latest, floor);
    }

    synchronized void forget() {
        stamps.clear();
        floor = Long.MIN_VALUE;
    }
}
