package io.nearfar.benchmarks.peer;

import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** Opens Redisson with the settings that it has by itself. */
final class RedissonClients {
    private RedissonClients() {}

    static RedissonClient open(String address) {
        Config config = new Config();
        config.useSingleServer().setAddress(address);
        return Redisson.create(config);
    }
}
