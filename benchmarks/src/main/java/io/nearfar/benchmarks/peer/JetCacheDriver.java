package io.nearfar.benchmarks.peer;

import com.alicp.jetcache.Cache;
import com.alicp.jetcache.CacheResult;
import com.alicp.jetcache.MultiLevelCacheBuilder;
import com.alicp.jetcache.embedded.CaffeineCacheBuilder;
import com.alicp.jetcache.redis.lettuce.RedisLettuceCacheBuilder;
import com.alicp.jetcache.support.JavaValueDecoder;
import com.alicp.jetcache.support.JavaValueEncoder;
import io.lettuce.core.RedisClient;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * JetCache in two levels, Caffeine over Lettuce, without its broadcasts: other nodes keep what they have for an hour. Its
 * {@code put} returns before the server has answered; here it is waited for, as with all others.
 */
final class JetCacheDriver implements Driver {
    private final RedisClient client;
    private final Cache<String, Object> cache;

    private JetCacheDriver(RedisClient client, Cache<String, Object> cache) {
        this.client = client;
        this.cache = cache;
    }

    static Driver open(Opening opening) {
        RedisClient client = RedisClient.create(opening.address());
        Cache<String, Object> near = CaffeineCacheBuilder.createCaffeineCacheBuilder()
                .limit(opening.room())
                .expireAfterWrite(1, TimeUnit.HOURS)
                .buildCache();
        Cache<String, Object> far = RedisLettuceCacheBuilder.createRedisLettuceCacheBuilder()
                .redisClient(client)
                .keyPrefix("jetcache-" + opening.values() + ":")
                .keyConvertor(key -> key)
                .valueEncoder(JavaValueEncoder.INSTANCE)
                .valueDecoder(JavaValueDecoder.INSTANCE)
                .expireAfterWrite(1, TimeUnit.HOURS)
                .buildCache();
        Cache<String, Object> both = MultiLevelCacheBuilder.createMultiLevelCacheBuilder()
                .addCache(near, far)
                .expireAfterWrite(1, TimeUnit.HOURS)
                .buildCache();
        return new JetCacheDriver(client, both);
    }

    @Override
    public @Nullable Object get(String key) {
        return cache.get(key);
    }

    @Override
    public void put(String key, Object value) {
        CacheResult result = cache.PUT(key, value);
        if (!result.isSuccess()) {
            throw new IllegalStateException("JetCache did not put " + key + ": " + result.getMessage());
        }
    }

    @Override
    public Map<String, ?> getAll(Set<String> keys) {
        return cache.getAll(keys);
    }

    @Override
    public void putAll(Map<String, Object> values) {
        cache.putAll(values);
        // Nothing tells when all were put, but on its one connection what comes after them is answered after them
        values.entrySet().stream().findFirst().ifPresent(one -> put(one.getKey(), one.getValue()));
    }

    @Override
    public long increment(String key) {
        throw new UnsupportedOperationException("JetCache changes no value by itself");
    }

    @Override
    public void close() {
        cache.close();
        client.shutdown();
    }
}
