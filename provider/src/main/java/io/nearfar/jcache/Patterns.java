package io.nearfar.jcache;

import io.nearfar.InvalidationPace;
import io.nearfar.PatternInvalidation;
import io.nearfar.entry.BackgroundInvalidation;
import io.nearfar.entry.Ending;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.KeyWalk;
import io.nearfar.tier.KeyPatterns;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** Invalidates what matches patterns, for callers who wait and for those who look on. Closing it ends what is under way. */
final class Patterns implements AutoCloseable {
    private final String cache;
    private final EntryStore<?, ?> store;
    private final Executor walks;
    private final InvalidationPace pace;
    private final Set<KeyWalk> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Creates what invalidates for one cache.
     *
     * @param walks runs what nobody waits for
     * @param pace of what its callers wait for
     */
    Patterns(String cache, EntryStore<?, ?> store, Executor walks, InvalidationPace pace) {
        this.cache = cache;
        this.store = store;
        this.walks = walks;
        this.pace = pace;
    }

    /**
     * Invalidates in the caller's thread; the walk is at its end.
     *
     * @throws IllegalStateException if the cache is closed before that
     */
    PatternInvalidation invalidate(String pattern, Ending ending) {
        KeyWalk walk = new KeyWalk(pace, ending, System::nanoTime);
        walk(pattern, walk);
        if (walk.isCancelled()) {
            throw new IllegalStateException("Cache " + cache + " was closed while the entries whose keys match "
                    + pattern + " were being removed: " + walk.removed() + " are, and others may be there as before");
        }
        BackgroundInvalidation done = new BackgroundInvalidation(pattern, walk);
        done.run(() -> {});
        return done;
    }

    /** Begins to invalidate in the background. */
    PatternInvalidation start(String pattern, Ending ending, InvalidationPace itsPace) {
        KeyWalk walk = new KeyWalk(itsPace, ending, System::nanoTime);
        BackgroundInvalidation started = new BackgroundInvalidation(KeyPatterns.checked(pattern), walk);
        walks.execute(() -> started.run(() -> walk(pattern, walk)));
        return started;
    }

    /** Begins to invalidate in the background what matches, all of which carries a tag. */
    PatternInvalidation startTag(String pattern, String tag, Ending ending) {
        KeyWalk none = new KeyWalk(pace, ending, System::nanoTime);
        BackgroundInvalidation started = new BackgroundInvalidation(pattern, none);
        walks.execute(() -> started.run(() -> unlessClosed(none, () -> store.invalidateTags(Set.of(tag), ending))));
        return started;
    }

    private void walk(String pattern, KeyWalk walk) {
        underWay.add(walk);
        try {
            unlessClosed(walk, () -> store.invalidatePattern(pattern, walk));
        } finally {
            underWay.remove(walk);
        }
    }

    /** What the store of a cache that is closed has kept may be gone, and is not to be made anew. */
    private void unlessClosed(KeyWalk walk, Runnable invalidation) {
        if (closed) {
            walk.cancel();
        }
        if (!walk.isCancelled()) {
            invalidation.run();
        }
    }

    @Override
    public void close() {
        closed = true;
        underWay.forEach(KeyWalk::cancel);
    }
}
