package io.nearfar.fault.node;

import io.nearfar.NearfarCache;
import io.nearfar.fault.history.Role;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.CacheException;

/** The caches of a run: one for each {@link Role}. */
public interface Caches extends AutoCloseable {
    /** Names the system property of a node that says whose caches it has; without it they are ours. */
    String SUBJECT = "subject";

    /** Names caches made of Redisson's local cached maps. */
    String LOCAL_CACHED_MAPS = "local-cached-maps";

    /** Names the setting of a run by which everything beyond the standard is switched on. */
    String ENRICHED = "enriched";

    /** Names the invalidation of all of {@link Role#TAGGED}. */
    String EVERYTHING = "everything";

    /** Names the invalidation of one half of {@link Role#PATTERNED}. */
    String HALF = "half";

    /** A busy machine may take longer to make its first connection than a cache waits for its far tier. */
    int ATTEMPTS = 6;

    /** Opens ours, without anybody who listens. */
    static Caches open(Properties settings) {
        return open(settings, null);
    }

    /** Opens those that this JVM is to have. */
    static Caches open(Properties settings, Ear ear) {
        for (int attempt = 1; ; attempt++) {
            try {
                return LOCAL_CACHED_MAPS.equals(System.getProperty(SUBJECT))
                        ? new LocalCachedMaps(settings)
                        : new NearfarCaches(settings, ear);
            } catch (CacheException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    Cache<String, Number> get(Role role);

    /** Tells whether everything beyond the standard is switched on. */
    default boolean isEnriched() {
        return false;
    }

    /** Returns a number as a value of such caches. */
    default Number value(long number) {
        return isEnriched() ? new Weighted(number) : number;
    }

    /** Fires {@link #EVERYTHING} or {@link #HALF}. */
    default void invalidate(String name) {
        throw new UnsupportedOperationException("nothing is declared under the name " + name);
    }

    /** With everything switched on begins to load keys of {@link Role#SELDOM} that are not there, by one node of all. */
    default void warm(FickleLoads loads) {}

    @SuppressWarnings("unchecked")
    default NearfarCache<String, Number> near(Role role) {
        return get(role).unwrap(NearfarCache.class);
    }

    /** Calls that fail open return as usual; that the far tier was not reached shows here alone. */
    default long troubles(Role role) {
        return near(role).figures().unavailable();
    }

    @Override
    void close();
}
