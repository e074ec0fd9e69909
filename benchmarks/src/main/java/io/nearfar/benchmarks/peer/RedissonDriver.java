package io.nearfar.benchmarks.peer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RBatch;
import org.redisson.api.RBucket;
import org.redisson.api.RFuture;
import org.redisson.api.RedissonClient;

/** Redisson as it is: one bucket for each key, a batch for many. */
final class RedissonDriver implements Driver {
    private final RedissonClient client;
    private final String prefix;

    private RedissonDriver(RedissonClient client, String prefix) {
        this.client = client;
        this.prefix = prefix;
    }

    static Driver open(Opening opening) {
        return new RedissonDriver(RedissonClients.open(opening.address()), "redisson-" + opening.values() + ":");
    }

    @Override
    public @Nullable Object get(String key) {
        return client.getBucket(prefix + key).get();
    }

    @Override
    public void put(String key, Object value) {
        client.getBucket(prefix + key).set(value);
    }

    @Override
    public Map<String, ?> getAll(Set<String> keys) {
        RBatch batch = client.createBatch();
        Map<String, RFuture<Object>> asked = new HashMap<>();
        keys.forEach(key -> asked.put(key, batch.getBucket(prefix + key).getAsync()));
        batch.execute();
        Map<String, Object> found = new HashMap<>();
        asked.forEach((key, value) -> found.put(key, value.toCompletableFuture().join()));
        return found;
    }

    @Override
    public void putAll(Map<String, Object> values) {
        RBatch batch = client.createBatch();
        List<RFuture<Void>> set = new ArrayList<>();
        values.forEach((key, value) -> set.add(batch.getBucket(prefix + key).setAsync(value)));
        batch.execute();
        set.forEach(each -> each.toCompletableFuture().join());
    }

    /** As an application would write it that keeps to values: read, then set if nothing has changed, else again. */
    @Override
    public long increment(String key) {
        RBucket<Long> bucket = client.getBucket(prefix + key);
        while (true) {
            Long held = bucket.get();
            long sum = held == null ? 1 : held + 1;
            if (bucket.compareAndSet(held, sum)) {
                return sum;
            }
        }
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
