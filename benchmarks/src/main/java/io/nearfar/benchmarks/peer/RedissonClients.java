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

    /** Opens one that says no more than it is asked to. */
    static RedissonClient openQuiet(String address) {
        Config config = new Config();
        config.useSingleServer()
                .setAddress(address)
                .setPingConnectionInterval(0)
                .setConnectionMinimumIdleSize(1)
                .setConnectionPoolSize(1);
        return Redisson.create(config);
    }
}
