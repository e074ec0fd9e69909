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

    Cache<String, Long> get(Role role);

    @SuppressWarnings("unchecked")
    default NearfarCache<String, Long> near(Role role) {
        return get(role).unwrap(NearfarCache.class);
    }

    /** Calls that fail open return as usual; that the far tier was not reached shows here alone. */
    default long troubles(Role role) {
        return near(role).figures().unavailable();
    }

    @Override
    void close();
}
