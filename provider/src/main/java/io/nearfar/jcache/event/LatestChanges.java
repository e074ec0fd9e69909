package io.nearfar.jcache.event;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The last changes of this node, of which its listeners know. What another node did before, and is told of after, is no news to
 * them: the change of this node has replaced it. Such messages are late by milliseconds, so that not much is remembered.
 */
final class LatestChanges<K> {
    private static final int MOST = 10_000;
    private static final long REMEMBERED_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Map<K, Change> changes = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Change> eldest) {
            return size() > MOST;
        }
    };

    private record Change(long stamp, long at) {}

    /** Notes a change of this node; one without a stamp is of no use. */
    synchronized void note(K key, long stamp) {
        Change before = changes.remove(key);
        if (stamp != 0) {
            long latest = before == null ? stamp : Math.max(before.stamp, stamp); // a load may tell late
            changes.put(key, new Change(latest, System.nanoTime()));
        }
    }

    /**
     * Notes the end of what lay under the key, unless it was noted already, or a change after it.
     *
     * @return whether it was news; of several that note one, one alone is told so
     */
    synchronized boolean noteEnd(K key, long stamp) {
        Change change = changes.get(key);
        boolean isNews = change == null || change.stamp < stamp || System.nanoTime() - change.at >= REMEMBERED_NANOS;
        if (isNews) {
            note(key, stamp);
        }
        return isNews;
    }

    /** Tells whether this node has changed the key a moment ago, and after a change of that stamp. */
    synchronized boolean isAfter(K key, long stamp) {
        Change change = changes.get(key);
        return change != null && change.stamp > stamp && System.nanoTime() - change.at < REMEMBERED_NANOS;
    }
}
