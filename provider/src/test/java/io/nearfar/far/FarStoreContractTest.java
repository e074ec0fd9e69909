package io.nearfar.far;

import io.nearfar.config.Topology;
import io.nearfar.testing.RealRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class FarStoreContractTest extends FarContract {
    private RealRedis redis;

    @BeforeAll
    void start() {
        redis = RealRedis.start();
        LeastRights.grant(redis, LeastRights.ONE_SERVER);
        tier = asUser(Topology.STANDALONE, redis.host());
    }

    @AfterAll
    void stop() {
        tier.close();
        redis.close();
    }
}
