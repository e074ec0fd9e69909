package io.nearfar.jcache.event;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * The last changes of this node, of which its listeners know. What another node did before, and is told of after, is no news to
 * them: the change of this node has replaced it. Such messages are late by milliseconds, so that not much is remembered.
 */
final class LatestChanges<K> {
    private static final int MOST = 10_000;
    private static final long REMEMBERED_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final ToLongFunction<? super K> latestStamp;
    private final Map<K, Change> changes = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Change> eldest) {
            return size() > MOST;
        }
    };

    /** Creates what knows of nothing; {@code latestStamp} is asked of what this node has changed by itself in an outage. */
    LatestChanges(ToLongFunction<? super K> latestStamp) {
        this.latestStamp = latestStamp;
    }

    /**
     * What is remembered of a key.
     *
     * @param stamp of the last change; 0 if that is not known
     * @param end the stamp of the last end that was told; 0 if there was none
     * @param at when it was noted
     */
    private record Change(long stamp, long end, long at) {}

    /** What is known of an end. */
    enum End {
        NEWS,
        TOLD,
        /** It was not told, and what came after it was. */
        OVERTAKEN
    }

    /**
     * Notes a change of this node. One without a stamp is one of an outage, and came after all that the far tier can have stamped by
     * now; where that is not known nothing is known of it, but that it was not the end of before.
     */
    void note(K key, long stamp) {
        noteStamped(key, stamp == 0 ? latestStamp.applyAsLong(key) : stamp);
    }

    private synchronized void noteStamped(K key, long stamp) {
        Change before = changes.remove(key);
        long end = before == null ? 0 : before.end;
        if (stamp != 0 || end != 0) {
            long latest = before == null || stamp == 0 ? stamp : Math.max(before.stamp, stamp); // a load may tell late
            changes.put(key, new Change(latest, end, System.nanoTime()));
        }
    }

    /**
     * Notes the end of what lay under the key, unless it was noted already, or a change after it.
     *
     * @return what was known of it; of several that note one, one alone is told that it is news
     */
    synchronized End noteEnd(K key, long stamp) {
        Change before = changes.get(key);
        if (before != null && System.nanoTime() - before.at < REMEMBERED_NANOS) {
            if (before.end >= stamp) {
                return End.TOLD;
            } else if (before.stamp > stamp) {
                return End.OVERTAKEN;
            }
        }
        changes.remove(key);
        changes.put(key, new Change(stamp, stamp, System.nanoTime()));
        return End.NEWS;
    }

    /** Tells whether this node has changed the key a moment ago, and after a change of that stamp. */
    synchronized boolean isAfter(K key, long stamp) {
        Change change = changes.get(key);
        return change != null && change.stamp > stamp && System.nanoTime() - change.at < REMEMBERED_NANOS;
    }
}
