package io.nearfar.benchmarks.peer;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.redis.redisson.Bucket4jRedisson;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;

/** Bucket4j over Redisson: a bucket for each key, changed by compare and swap. */
final class Bucket4jLimiter implements LimiterDriver {
    private static final BucketConfiguration BUCKET = BucketConfiguration.builder()
            .addLimit(limit -> limit.capacity(PERMITS).refillGreedy(PERMITS, Duration.ofMillis(WINDOW_MILLIS)))
            .build();

    private final RedissonClient client;
    private final ProxyManager<String> buckets;
    private final Map<String, BucketProxy> proxies = new ConcurrentHashMap<>();

    private Bucket4jLimiter(RedissonClient client) {
        this.client = client;
        this.buckets = Bucket4jRedisson.casBasedBuilder(((Redisson) client).getCommandExecutor())
                .build();
    }

    static LimiterDriver open(String address) {
        return new Bucket4jLimiter(RedissonClients.open(address));
    }

    @Override
    public boolean admits(String key) {
        return proxies.computeIfAbsent(key, this::bucket).tryConsume(1);
    }

    private BucketProxy bucket(String key) {
        return buckets.builder().build("bucket:" + key, () -> BUCKET);
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
