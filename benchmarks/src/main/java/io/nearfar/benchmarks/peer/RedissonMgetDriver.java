package io.nearfar.benchmarks.peer;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;

/** Redisson's other way to many keys, one MGET or MSET; for single keys it has none of its own. */
final class RedissonMgetDriver implements Driver {
    private final RedissonClient client;
    private final String prefix;

    private RedissonMgetDriver(RedissonClient client, String prefix) {
        this.client = client;
        this.prefix = prefix;
    }

    static Driver open(Opening opening) {
        return new RedissonMgetDriver(
                RedissonClients.open(opening.address()), "redisson-mget-" + opening.values() + ":");
    }

    @Override
    public @Nullable Object get(String key) {
        return getAll(Set.of(key)).get(prefix + key);
    }

    @Override
    public void put(String key, Object value) {
        client.getBuckets().set(Map.of(prefix + key, value));
    }

    /** The keys of the answer keep their prefix. */
    @Override
    public Map<String, ?> getAll(Set<String> keys) {
        return client.getBuckets().get(keys.stream().map(key -> prefix + key).toArray(String[]::new));
    }

    @Override
    public void putAll(Map<String, Object> values) {
        Map<String, Object> prefixed = new HashMap<>();
        values.forEach((key, value) -> prefixed.put(prefix + key, value));
        client.getBuckets().set(prefixed);
    }

    @Override
    public long increment(String key) {
        throw new UnsupportedOperationException("buckets have no increment; ask the peer redisson");
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
