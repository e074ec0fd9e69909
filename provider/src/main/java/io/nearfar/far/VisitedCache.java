package io.nearfar.far;

import io.nearfar.InvalidationPace;
import io.nearfar.PatternInvalidation;
import io.nearfar.config.CacheSettings;
import io.nearfar.entry.BackgroundInvalidation;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Ending;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.KeyWalk;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.ValueFormat;
import io.nearfar.entry.ValueFormats;
import io.nearfar.entry.compression.ValueCompression;
import io.nearfar.key.Glob;
import io.nearfar.key.KeyText;
import io.nearfar.key.Keyspace;
import io.nearfar.key.StoredName;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One cache of a visit, in one version. Its keys go by their texts as they stand in the far tier: a string as it is, {@code ~i:42} for the
 * Integer 42. What changes something does so as any node would, and all nodes are told.
 */
public final class VisitedCache {
    private final Names names;
    private final Sweeper sweeper;
    private final ValueFormat<Object> values;
    private final EntryLook look;
    private final FarStore<KeyText, Object> store;

    VisitedCache(Calls calls, Keyspace keyspace, Sweeper sweeper, CacheSettings set) {
        CacheSettings settings = set.ofVisitor();
        this.names = new Names(keyspace, StoredName.of(settings));
        this.sweeper = sweeper;
        this.values = ValueFormats.byValue(settings, Object.class, VisitedCache.class.getClassLoader());
        ValueCompression compression = new ValueCompression(settings);
        EntryReader<Object> reader = new EntryReader<>(
                StoredName.told(settings), values, compression, settings.valueLimit(), new LongAdder());
        this.look = new EntryLook(calls, reader, Long.MAX_VALUE);
        this.store = new FarStore<>(
                calls,
                names,
                sweeper,
                new TextsAsKeys(),
                reader,
                settings.loading().failSafe(),
                Audience.NONE);
    }

    /** Returns which it is. */
    public CacheVersion version() {
        return CacheVersion.of(names.cache());
    }

    /** Tells whether some node has ever written something of it, or cleared it, and it was not destroyed since. */
    public boolean exists() {
        return store.exists();
    }

    /** Returns what lies under a key, and whether it is live. */
    public EntryView look(String key) {
        return look.at(Spot.of(names, new KeyText(key, null)));
    }

    /** Returns the value under a key, or null if there is none that can be read here. */
    public @Nullable Object read(String key) {
        Entry<Object> entry = store.read(new KeyText(key, null), Freshness.AUTHORITY);
        return entry == null ? null : entry.get();
    }

    /** Writes an entry that lives for so long. */
    public void write(String key, Object value, long millis) {
        store.apply(
                new KeyText(key, null), Change.write(values.keep(value), Condition.ALWAYS, Lifetime.of(millis), false));
    }

    /** Removes the cache, so that nothing is left of it. */
    public void destroy() {
        store.destroy();
    }

    /** Removes the entry of a key on all nodes; returns whether a live one was there. */
    public boolean remove(String key) {
        return store.apply(new KeyText(key, null), Change.removal(Condition.ALWAYS, false))
                .existed();
    }

    /** Ends the life of the entry of a key on all nodes, as if its time were over; returns whether a live one was there. */
    public boolean expire(String key) {
        return store.apply(new KeyText(key, null), Change.softRemoval()).existed();
    }

    /** Ends the life of every entry that carries at least one of the tags; softly, as {@link #expire} does. */
    public void invalidateTags(Collection<String> tags, boolean soft) {
        store.invalidateTags(tags, ending(soft));
    }

    /**
     * Begins to end every entry whose key matches a pattern, softly or not, in a thread of its own. It breaks off when the visit ends.
     *
     * @throws IllegalArgumentException if the pattern means nothing; names it and the cure
     */
    public PatternInvalidation startInvalidatingPattern(String pattern, boolean soft, InvalidationPace pace) {
        Glob.of(pattern);
        KeyWalk walk = new KeyWalk(pace, ending(soft), System::nanoTime);
        BackgroundInvalidation started = new BackgroundInvalidation(pattern, walk);
        Thread thread = new Thread(() -> started.run(() -> store.invalidatePattern(pattern, walk)), "nearfar-walk");
        thread.setDaemon(true);
        thread.start();
        return started;
    }

    /** Likewise of every entry whose key begins so. */
    public PatternInvalidation startInvalidatingPrefix(String prefix, boolean soft, InvalidationPace pace) {
        return startInvalidatingPattern(Glob.ofPrefix(prefix), soft, pace);
    }

    private static Ending ending(boolean soft) {
        return soft ? Ending.SOFT : Ending.HARD;
    }

    /**
     * Ends the life of every entry.
     *
     * @return what ends when the dead entries were deleted as well; it never ends if the visit does before
     */
    public CompletableFuture<Void> clear() {
        store.clear();
        return sweeper.sweep(names);
    }
}
