package io.nearfar.tier;

import io.nearfar.config.AtomicOutage;
import io.nearfar.config.CacheSettings;
import io.nearfar.config.FarSettings;
import io.nearfar.config.Mode;
import io.nearfar.config.NearfarSettings;
import io.nearfar.config.OutagePolicy;
import io.nearfar.config.TrustPolicy;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.Reply;
import io.nearfar.observe.CacheSignals;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One node of an application, as the tier room sees it: a manager's tiers with one cache of strings. */
final class Node implements AutoCloseable {
    /** So long that nothing comes about by its end. */
    private static final Duration LEASE = Duration.ofMinutes(10);

    private final Tiers tiers;
    final CacheSignals signals = new CacheSignals("cities");
    final TieredCache<String, String> cache;
    final TextFormat values = new TextFormat();

    private Node(@Nullable FarSettings far, CacheSettings settings) {
        this.tiers = Tiers.open(new Settings(far, settings));
        this.cache = tiers.cache(settings, new TextKeys(), values, signals);
        if (far != null) {
            FarSetups.awaitReach(cache.store());
        }
    }

    static Node near() {
        return near(LEASE);
    }

    static Node near(Duration lease) {
        return new Node(null, settings(Mode.NEAR, OutagePolicy.OPEN, lease));
    }

    static Node over(RealRedis redis, Mode mode) {
        return over(redis, mode, LEASE);
    }

    static Node over(RealRedis redis, Mode mode, Duration lease) {
        return new Node(
                FarSetups.far(FarSetups.address(redis.host()), "tiers:test"), settings(mode, OutagePolicy.OPEN, lease));
    }

    static Node over(FarSettings far, OutagePolicy outage) {
        return new Node(far, settings(Mode.TIERED, outage, LEASE));
    }

    /** Returns settings of a cache whose load leases last so long. */
    static CacheSettings leasing(Duration lease) {
        return settings(Mode.TIERED, OutagePolicy.OPEN, lease);
    }

    private static CacheSettings settings(Mode mode, OutagePolicy outage, Duration lease) {
        return new CacheSettings(
                "cities",
                mode,
                null,
                1_000,
                null,
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                outage,
                AtomicOutage.REFUSE,
                FarSetups.DEADLINE,
                1 << 20,
                "java",
                TrustPolicy.DECLARED,
                List.of(),
                lease,
 FarSetups.DIRTY);
    }

    private record Settings(@Nullable FarSettings far, CacheSettings every) implements NearfarSettings {
        @Override
        public Mode mode() {
            return every.mode();
        }

        @Override
        public String describe() {
            return "settings of a test";
        }

        @Override
        public CacheSettings cache(String name, boolean declaredInCode) {
            return every;
        }
    }

    EntryStore<String, String> store() {
        return cache.store();
    }

    LoadCoordinator<String, String> loads() {
        return cache.loads();
    }

    Reply<String> put(String key, String value) {
        return store().apply(key, Change.write(values.keep(value), Condition.ALWAYS, eternal(), false));
    }

    Reply<String> remove(String key) {
        return store().apply(key, Change.removal(Condition.ALWAYS, false));
    }

    @Nullable
    String get(String key) {
        Entry<String> entry = store().lookup(key);
        return entry == null ? null : entry.value().get();
    }

    static Lifetime eternal() {
        return Lifetime.of(Lifetime.ETERNAL);
    }

    @Override
    public void close() {
        cache.close();
        tiers.close();
    }
}
