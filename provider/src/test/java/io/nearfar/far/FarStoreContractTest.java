package io.nearfar.far;

import io.nearfar.config.FarAddress;
import io.nearfar.config.Topology;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.EntryStoreContract;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * The contract on a real server, as a user who may do what the documentation lists and nothing else; time is the
 * server's own.
 */
class FarStoreContractTest extends EntryStoreContract {
    private static RealRedis redis;
    private static FarTier tier;

    @BeforeAll
    static void start() {
        redis = RealRedis.start();
        LeastRights.grant(redis, LeastRights.ONE_SERVER);
        FarAddress address = new FarAddress(
                Topology.STANDALONE, List.of(redis.host()), false, LeastRights.USER, LeastRights.PASSWORD, 0, null);
        tier = FarSetups.open(FarSetups.far(address, LeastRights.PREFIX));
    }

    @AfterAll
    static void stop() {
        tier.close();
        redis.close();
    }

    @Override
    protected EntryStore<String, String> open(String name) {
        return tier.store(FarSetups.cache(name), new TextKeys(), new TextFormat());
    }

    @Override
    protected void pass(long millis) {
        Waiting.pause(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Override
    protected boolean isShared() {
        return true;
    }
}
