package io.nearfar.near;

import io.nearfar.entry.Entry;
import io.nearfar.entry.RefreshLeases;
import io.nearfar.entry.ServerClock;
import io.nearfar.entry.Version;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who of this process may load an entry of a {@link LocalStore} again. */
final class LocalRefreshLeases<K, V> implements RefreshLeases<K> {
    private record Right(Version version, long token, long until) {
        boolean isAnothers(Version seen, long asking, long now) {
            return now < until && version.equals(seen) && token != asking;
        }
    }

    private final ConcurrentHashMap<K, Right> rights = new ConcurrentHashMap<>();
    private final Function<K, @Nullable Entry<V>> live;
    private final ServerClock clock;
    private final Stamps stamps;

    /** Creates it; {@code live} returns the live entry under a key, or null. */
    LocalRefreshLeases(Function<K, @Nullable Entry<V>> live, ServerClock clock, Stamps stamps) {
        this.live = live;
        this.clock = clock;
        this.stamps = stamps;
    }

    /** The stamp comes before the look at the entry: an invalidation of tags in between lies above it. */
    @Override
    public long ask(K key, Version seen, long token, long millis) {
        long now = clock.micros();
        long stamp = stamps.next().stamp();
        Entry<V> entry = live.apply(key);
        if (entry == null || !entry.isOf(seen)) {
            return REFUSED;
        }
        Right mine = new Right(seen, token, now + TimeUnit.MILLISECONDS.toMicros(millis));
        Right right = rights.merge(key, mine, (held, asked) -> held.isAnothers(seen, token, now) ? held : asked);
        return right == mine ? stamp : REFUSED;
    }

    /** Forgets those whose time is over. */
    void purge(long now) {
        rights.values().removeIf(right -> right.until() <= now);
    }

    void clear() {
        rights.clear();
    }
}
