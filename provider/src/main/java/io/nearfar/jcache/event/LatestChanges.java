package io.nearfar.jcache.event;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

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
     * @param stamp of the last change that has one; 0 if there is none
     * @param guess of the last change of an outage, if there was one and the far tier's time was known
     * @param end the stamp of the last end that was told; 0 if there was none
     * @param at when it was noted
     */
    private record Change(long stamp, @Nullable Guess guess, long end, long at) {
        private boolean isKnownStill() {
            return System.nanoTime() - at < REMEMBERED_NANOS;
        }

        /** Tells whether it came after a change of that stamp, as far as is known; {@code latest} is the latest stamp by now. */
        private boolean isAfter(long other, long latest) {
            return stamp > other || (guess != null && guess.stamp(latest) > other);
        }
    }

    /**
     * What stands for the stamp of a change of an outage.
     *
     * @param stamp the latest that the far tier can have given by then, by the clock that it had
     * @param at when that was
     */
    private record Guess(long stamp, long at) {
        /** Returns the same by the clock that the far tier has now, if that is known and behind the one that it had. */
        private long stamp(long latest) {
            return latest == 0
                    ? stamp
                    : Math.min(stamp, latest - TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - at));
        }
    }

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
        long guessed = stamp == 0 ? latestStamp.applyAsLong(key) : 0;
        note(key, stamp, guessed == 0 ? null : new Guess(guessed, System.nanoTime()));
    }

    private synchronized void note(K key, long stamp, @Nullable Guess guess) {
        Change before = changes.remove(key);
        long end = before == null ? 0 : before.end;
        boolean isStamped = stamp != 0 || guess != null;
        if (isStamped) {
            long latest = before == null ? stamp : Math.max(before.stamp, stamp); // a load may tell late
            Guess last = before == null || guess != null ? guess : before.guess;
            changes.put(key, new Change(latest, last, end, System.nanoTime()));
        } else if (end != 0) {
            changes.put(key, new Change(0, null, end, System.nanoTime()));
        }
    }

    /**
     * Notes the end of what lay under the key, unless it was noted already, or a change after it.
     *
     * @return what was known of it; of several that note one, one alone is told that it is news
     */
    End noteEnd(K key, long stamp) {
        return noteEnd(key, stamp, latestStamp.applyAsLong(key));
    }

    private synchronized End noteEnd(K key, long stamp, long latest) {
        Change before = changes.get(key);
        if (before != null && before.isKnownStill()) {
            if (before.end >= stamp) {
                return End.TOLD;
            } else if (before.isAfter(stamp, latest)) {
                return End.OVERTAKEN;
            }
        }
        changes.remove(key);
        changes.put(key, new Change(stamp, null, stamp, System.nanoTime()));
        return End.NEWS;
    }

    /** Tells whether this node has changed the key a moment ago, and after a change of that stamp. */
    boolean isAfter(K key, long stamp) {
        Change change = known(key);
        return change != null && change.isKnownStill() && change.isAfter(stamp, latestStamp.applyAsLong(key));
    }

    private synchronized @Nullable Change known(K key) {
        return changes.get(key);
    }
}
