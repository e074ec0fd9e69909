package io.nearfar.benchmarks.peer;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RMap;
import org.redisson.api.RedissonClient;
import org.redisson.api.options.LocalCachedMapOptions;
import org.redisson.api.options.LocalCachedMapOptions.CacheProvider;
import org.redisson.api.options.LocalCachedMapOptions.EvictionPolicy;

/** A map of Redisson's, one hash on the server; plain, or with a near cache of its own in front, whose values are references. */
final class RedissonMapDriver implements Driver {
    private final RedissonClient client;
    private final RMap<String, Object> map;

    private RedissonMapDriver(RedissonClient client, RMap<String, Object> map) {
        this.client = client;
        this.map = map;
    }

    static Driver plain(Opening opening) {
        RedissonClient client = RedissonClients.open(opening.address());
        return new RedissonMapDriver(client, client.getMap("redisson-map-" + opening.values()));
    }

    /** The cache is Caffeine, the quicker of the two that it can have. */
    static Driver locallyCached(Opening opening) {
        RedissonClient client = RedissonClients.open(opening.address());
        LocalCachedMapOptions<String, Object> options = LocalCachedMapOptions.<String, Object>name(
                        "redisson-local-" + opening.values())
                .cacheProvider(CacheProvider.CAFFEINE)
                .evictionPolicy(EvictionPolicy.LRU)
                .cacheSize(opening.room());
        return new RedissonMapDriver(client, client.getLocalCachedMap(options));
    }

    @Override
    public @Nullable Object get(String key) {
        return map.get(key);
    }

    @Override
    public void put(String key, Object value) {
        map.fastPut(key, value);
    }

    @Override
    public Map<String, ?> getAll(Set<String> keys) {
        return map.getAll(keys);
    }

    @Override
    public void putAll(Map<String, Object> values) {
        map.putAll(values);
    }

    @Override
    public long increment(String key) {
        throw new UnsupportedOperationException("a map of Redisson's counts with another codec only");
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
