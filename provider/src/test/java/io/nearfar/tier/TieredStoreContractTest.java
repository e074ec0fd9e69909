package io.nearfar.tier;

import io.nearfar.HttpSettings;
import io.nearfar.config.CacheSettings;
import io.nearfar.config.ConfiguredCache;
import io.nearfar.config.FallbackSettings;
import io.nearfar.config.FarSettings;
import io.nearfar.config.LimitSettings;
import io.nearfar.config.Mode;
import io.nearfar.config.NearfarSettings;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.EntryStoreContract;
import io.nearfar.observe.CacheSignals;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract with both tiers, on a real server; time is the server's own. */
class TieredStoreContractTest extends EntryStoreContract {
    private static RealRedis redis;
    private static Tiers tiers;

    @BeforeAll
    static void start() {
        redis = RealRedis.start();
        tiers = Tiers.open(new Settings(FarSetups.far(FarSetups.address(redis.host()), "contract")), null);
        FarSetups.awaitReach(store("reach"));
    }

    @AfterAll
    static void stop() {
        tiers.close();
        redis.close();
    }

    private record Settings(FarSettings far) implements NearfarSettings {
        @Override
        public Mode mode() {
            return Mode.TIERED;
        }

        @Override
        public String describe() {
            return "settings of a test";
        }

        @Override
        public @Nullable FallbackSettings fallback() {
            return null;
        }

        @Override
        public HttpSettings http() {
            throw new UnsupportedOperationException();
        }

        @Override
        public LimitSettings limits() {
            throw new UnsupportedOperationException();
        }

        @Override
        public CacheSettings cache(String name, boolean declaredInCode) {
            return FarSetups.cache(name, Mode.TIERED, FarSetups.DEADLINE);
        }

        @Override
        public ConfiguredCache configured(String name, boolean declaredInCode) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ConfiguredCache configured(String name, Map<String, String> inCode) {
            throw new UnsupportedOperationException();
        }
    }

    @Override
    protected EntryStore<String, String> open(String name) {
        return store(name);
    }

    private static EntryStore<String, String> store(String name) {
        CacheSettings settings = FarSetups.cache(name, Mode.TIERED, FarSetups.DEADLINE);
        return tiers.cache(settings, new TextKeys(), new TextFormat(), new CacheSignals(name))
                .store();
    }

    @Override
    protected void pass(long millis) {
        long until = System.nanoTime() + millis * 1_000_000;
        Awaitility.await().until(() -> System.nanoTime() - until > 0);
    }

    @Override
    protected boolean isShared() {
        return true;
    }
}
