package io.nearfar.testing;

import static org.awaitility.Awaitility.await;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.InvalidationPace;
import io.nearfar.config.AtomicOutage;
import io.nearfar.config.CacheSettings;
import io.nearfar.config.CompressionSettings;
import io.nearfar.config.DirtySettings;
import io.nearfar.config.FarAddress;
import io.nearfar.config.FarSettings;
import io.nearfar.config.KeyRule;
import io.nearfar.config.ListenerScope;
import io.nearfar.config.LoadSettings;
import io.nearfar.config.Mode;
import io.nearfar.config.Namespaces;
import io.nearfar.config.OutagePolicy;
import io.nearfar.config.OutageRecovery;
import io.nearfar.config.StartPolicy;
import io.nearfar.config.TimeToLiveRules;
import io.nearfar.config.TlsSettings;
import io.nearfar.config.Topology;
import io.nearfar.config.TrustPolicy;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Freshness;
import io.nearfar.far.FarTier;
import java.time.Duration;
import java.util.List;

/** Settings for tests, with deadlines that a busy machine keeps. */
public final class FarSetups {
    public static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Duration REACH = Duration.ofSeconds(60);

    /** As the defaults have it. */
    public static final DirtySettings DIRTY = new DirtySettings(10_000, 64_000_000, OutageRecovery.KEEP, true);

    private FarSetups() {}

    public static FarAddress address(String... hosts) {
        return new FarAddress(Topology.STANDALONE, List.of(hosts), false, null, null, 0, null);
    }

    public static FarAddress masterAndReplicas(String... hosts) {
        return new FarAddress(Topology.MASTER_REPLICA, List.of(hosts), false, null, null, 0, null);
    }

    public static FarSettings far(FarAddress address, String prefix) {
        return far(address, prefix, StartPolicy.DEFAULT, DEADLINE);
    }

    public static FarSettings far(FarAddress address, String prefix, StartPolicy start, Duration deadline) {
        return new FarSettings(
                address,
                "a test",
                prefix,
                start,
                Duration.ofSeconds(2),
                deadline,
                Duration.ofSeconds(1),
                Duration.ofMillis(200),
                Duration.ofSeconds(1),
                false,
                4,
                1,
                TlsSettings.DEFAULTS);
    }

    /** Returns the same settings without beats, for tests that count what is asked of the server. */
    public static FarSettings quiet(FarSettings settings) {
        return with(settings, Duration.ofHours(1), Duration.ofHours(2), settings.keyspaceEvents(), settings.tls());
    }

    /** Returns the same settings with keyspace events. */
    public static FarSettings hearing(FarSettings settings) {
        return with(settings, settings.beat(), settings.nearLease(), true, settings.tls());
    }

    /** Returns the same settings with other checks of encrypted connections. */
    public static FarSettings checking(FarSettings settings, TlsSettings tls) {
        return with(settings, settings.beat(), settings.nearLease(), settings.keyspaceEvents(), tls);
    }

    /** Returns the same settings with one connection, on which nothing overtakes what was begun before. */
    public static FarSettings ofOneConnection(FarSettings settings) {
        return ofConnections(settings, 1, 1);
    }

    /** Returns the same settings with at most so many connections, of which so many are open from the beginning. */
    public static FarSettings ofConnections(FarSettings settings, int most, int open) {
        return with(
                settings, settings.beat(), settings.nearLease(), settings.keyspaceEvents(), settings.tls(), most, open);
    }

    private static FarSettings with(
            FarSettings settings, Duration beat, Duration nearLease, boolean keyspaceEvents, TlsSettings tls) {
        return with(settings, beat, nearLease, keyspaceEvents, tls, settings.poolSize(), settings.poolMinimum());
    }

    private static FarSettings with(
            FarSettings settings,
            Duration beat,
            Duration nearLease,
            boolean keyspaceEvents,
            TlsSettings tls,
            int poolSize,
            int poolMinimum) {
        return new FarSettings(
                settings.address(),
                settings.origin(),
                settings.prefix(),
                settings.start(),
                settings.connectTimeout(),
                settings.deadline(),
                settings.pingInterval(),
                beat,
                nearLease,
                keyspaceEvents,
                poolSize,
                poolMinimum,
                tls);
    }

    /** Opens a tier and waits until it has reached its server, for which a busy machine may need longer than a start. */
    public static FarTier open(FarSettings settings) {
        FarTier tier = FarTier.open(settings);
        awaitReach(tier.store(cache("reach"), new TextKeys(), new TextFormat()));
        return tier;
    }

    /** Waits until the far tier answers. */
    public static void awaitReach(EntryStore<String, String> store) {
        await().atMost(REACH)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .ignoreException(FarTierUnavailableException.class)
                .until(() -> store.read("reach", Freshness.AUTHORITY) == null);
    }

    public static CacheSettings cache(String name) {
        return cache(name, DEADLINE);
    }

    public static CacheSettings cache(String name, Duration deadline) {
        return cache(name, Mode.FAR, deadline);
    }

    public static CacheSettings cache(String name, Mode mode, Duration deadline) {
        return new CacheSettings(
                name,
                mode,
                null,
                100_000,
                null,
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                OutagePolicy.CLOSED,
                AtomicOutage.REFUSE,
                deadline,
                1 << 26,
                "java",
                TrustPolicy.DECLARED,
                List.of(),
                Duration.ofSeconds(60),
                DIRTY,
                CompressionSettings.NONE,
                0,
                TimeToLiveRules.NONE,
                LoadSettings.NONE,
                KeyRule.NONE,
                Namespaces.NONE,
                ListenerScope.ALL,
                InvalidationPace.DEFAULT);
    }
}
