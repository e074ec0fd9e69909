package io.nearfar.benchmarks.peer;

import javax.cache.CacheManager;
import javax.cache.Caching;
import org.redisson.api.RedissonClient;
import org.redisson.jcache.configuration.RedissonConfiguration;

/** Redisson's own JCache provider. */
final class RedissonJCacheDriver extends JCacheDriver {
    private static final String PROVIDER = "org.redisson.jcache.JCachingProvider";

    private final RedissonClient client;

    private RedissonJCacheDriver(CacheManager manager, Opening opening, RedissonClient client) {
        super(
                manager,
                manager.createCache(
                        "redisson-jcache-" + opening.values() + "-" + opening.duties(),
                        RedissonConfiguration.fromInstance(client, configuration(opening))));
        this.client = client;
    }

    static Driver open(Opening opening) {
        // Another URI than the default would have to be that of a file with the address of a server
        CacheManager manager = Caching.getCachingProvider(PROVIDER).getCacheManager();
        return new RedissonJCacheDriver(manager, opening, RedissonClients.open(opening.address()));
    }

    @Override
    public void close() {
        super.close();
        client.shutdown();
    }
}
