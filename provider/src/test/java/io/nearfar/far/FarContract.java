package io.nearfar.far;

import io.nearfar.config.FarAddress;
import io.nearfar.config.Topology;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.EntryStoreContract;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.TestInstance;

/**
 * The contract on real servers, as a user who may do what the documentation lists and nothing else; time is the servers'
 * own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FarContract extends EntryStoreContract {
    /** Opened before all tests of a class. */
    FarTier tier;

    static FarTier asUser(Topology topology, String... hosts) {
        FarAddress address =
                new FarAddress(topology, List.of(hosts), false, LeastRights.USER, LeastRights.PASSWORD, 0, null);
        return FarSetups.open(FarSetups.far(address, LeastRights.PREFIX));
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
