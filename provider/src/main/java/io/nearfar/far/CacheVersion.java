package io.nearfar.far;

import io.nearfar.key.StoredName;
import java.util.Comparator;

/**
 * A cache in one of its versions. Ordered by name, then by version.
 *
 * @param cache its name
 * @param version 0 for that without a number in its keys
 */
public record CacheVersion(String cache, int version) implements Comparable<CacheVersion> {
    private static final Comparator<CacheVersion> ORDER =
            Comparator.comparing(CacheVersion::cache).thenComparing(CacheVersion::version);

    static CacheVersion of(String stored) {
        return new CacheVersion(StoredName.cache(stored), StoredName.version(stored));
    }

    @Override
    public int compareTo(CacheVersion other) {
        return ORDER.compare(this, other);
    }

    /** Returns both as people are told of them: {@code cities}, {@code cities version 2}. */
    @Override
    public String toString() {
        return version == 0 ? cache : cache + " version " + version;
    }
}
