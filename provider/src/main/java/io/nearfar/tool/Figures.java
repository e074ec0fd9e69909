package io.nearfar.tool;

import io.nearfar.far.CacheSample;
import io.nearfar.far.CacheSample.Life;
import io.nearfar.far.CacheVersion;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of a cache.
 *
 * @param cache the cache
 * @param entries how many it has
 * @param eternal the share of them, in percent, that lives for ever
 * @param ttlMillis how long the others live, the median; null if there are none
 * @param ageMillis how old they are, the median
 * @param idleMillis how long ago the server was asked for them, the median; null if that is not known
 * @param usedMillis how old most of those that have half their life behind them were when they were last asked for; null if
 *     that is not known of enough of them
 * @param changes what was changed while somebody watched
 * @param watchedMillis how long that was
 */
record Figures(
        CacheVersion cache,
        long entries,
        long eternal,
        @Nullable Long ttlMillis,
        @Nullable Long ageMillis,
        @Nullable Long idleMillis,
        @Nullable Long usedMillis,
        Changes.Count changes,
        long watchedMillis) {
    private static final long PERCENT = 100;
    private static final double MEDIAN = 0.5;
    private static final double MOST = 0.9;
    private static final int FEW = 10;

    static Figures of(CacheSample sample, Changes.Count changes, long watchedMillis) {
        List<Life> lives = sample.lives();
        List<Life> old = lives.stream().filter(Figures::isOld).toList();
        long eternal = lives.stream().filter(life -> life.wholeMillis() == null).count();
        return new Figures(
                sample.cache(),
                sample.entries(),
                lives.isEmpty() ? 0 : PERCENT * eternal / lives.size(),
                reached(MEDIAN, lives, Life::wholeMillis),
                reached(MEDIAN, lives, Life::ageMillis),
                reached(MEDIAN, lives, Life::idleMillis),
                old.size() < FEW ? null : reached(MOST, old, Figures::used),
                changes,
                watchedMillis);
    }

    private static boolean isOld(Life life) {
        Long whole = life.wholeMillis();
        return whole != null && life.ageMillis() > whole / 2;
    }

    /** The server counts whole seconds, and counts the write. */
    private static @Nullable Long used(Life life) {
        Long idle = life.idleMillis();
        return idle == null ? null : (Long) Math.max(0, life.ageMillis() - idle);
    }

    /** Returns what such a share of the known numbers does not exceed, or null if none is known. */
    private static @Nullable Long reached(double share, List<Life> lives, Function<Life, @Nullable Long> part) {
        long[] known = lives.stream()
                .map(part)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
        return known.length == 0 ? null : (Long) known[(int) (share * (known.length - 1))];
    }

    /** Returns how long an entry stays as it is on the average, or null if none was changed. */
    @Nullable
    Long betweenChangesMillis() {
        return changes.entries() == 0 ? null : (Long) (entries * watchedMillis / changes.entries());
    }
}
