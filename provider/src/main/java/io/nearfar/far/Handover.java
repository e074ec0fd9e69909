package io.nearfar.far;

import io.nearfar.invalidation.ChangeMessage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What is heard while one session takes the place of another, which still brings what the new one cannot yet: of each key every
 * change once, and none after a later one. Not safe for use by several threads.
 */
final class Handover {
    private static final int MOST = 10_000;
    private static final long LASTS_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Session before;
    private final long until;
    private final Map<Place, Last> lately = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Last> eldest) {
            return size() > MOST;
        }
    };

    private record Place(String cache, String text) {}

    private record Last(long stamp, ChangeMessage.Kind kind) {}

    /** Begins at an instant of {@link System#nanoTime}. */
    Handover(Session before, long now) {
        this.before = before;
        this.until = now + LASTS_NANOS;
    }

    /** Tells whether the session is the one whose place is taken, and may still bring something. */
    boolean isFrom(Session session) {
        return session == before;
    }

    /** Tells whether nothing is under way any more. */
    boolean isOver(long now) {
        return now - until >= 0;
    }

    /** Tells whether neither the change was heard already, nor a later one of its key; from now on it was. */
    boolean isNews(ChangeMessage message) {
        Place place = new Place(message.cache(), message.text());
        long stamp = message.version().stamp();
        Last last = lately.get(place);
        if (last != null && (stamp < last.stamp || (stamp == last.stamp && message.kind() == last.kind))) {
            return false;
        }
        lately.remove(place);
        lately.put(place, new Last(stamp, message.kind()));
        return true;
    }
}
