package io.nearfar.jcache;

import io.nearfar.InvalidationPace;
import io.nearfar.PatternInvalidation;
import io.nearfar.entry.KeyWalk;
import io.nearfar.tier.KeyPatterns;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Invalidates what matches patterns, for callers who wait and for those who look on. Closing it ends what is under way. */
final class Patterns implements AutoCloseable {
    private final Desk<?, ?> desk;
    private final Set<KeyWalk> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Patterns(Desk<?, ?> desk) {
        this.desk = desk;
    }

    /** Invalidates in the caller's thread and returns how many entries were removed. */
    long invalidate(String pattern) {
        KeyWalk walk = new KeyWalk(InvalidationPace.DEFAULT, System::nanoTime);
        walk(pattern, walk);
        return walk.removed();
    }

    /** Begins to invalidate in the background. */
    PatternInvalidation start(String pattern, InvalidationPace pace) {
        KeyWalk walk = new KeyWalk(pace, System::nanoTime);
        BackgroundInvalidation started = new BackgroundInvalidation(KeyPatterns.checked(pattern), walk);
        desk.background().execute(() -> started.run(() -> walk(pattern, walk)));
        return started;
    }

    private void walk(String pattern, KeyWalk walk) {
        underWay.add(walk);
        try {
            if (!closed) {
                desk.store().invalidatePattern(pattern, walk);
            }
        } finally {
            underWay.remove(walk);
        }
    }

    @Override
    public void close() {
        closed = true;
        underWay.forEach(KeyWalk::cancel);
    }
}
