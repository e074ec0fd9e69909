package io.nearfar.tier;

import io.nearfar.HttpSettings;
import io.nearfar.InvalidationPace;
import io.nearfar.config.AtomicOutage;
import io.nearfar.config.CacheSettings;
import io.nearfar.config.CompressionSettings;
import io.nearfar.config.ConfiguredCache;
import io.nearfar.config.DirtySettings;
import io.nearfar.config.FallbackSettings;
import io.nearfar.config.FarSettings;
import io.nearfar.config.KeyRule;
import io.nearfar.config.LimitSettings;
import io.nearfar.config.ListenerScope;
import io.nearfar.config.LoadSettings;
import io.nearfar.config.Mode;
import io.nearfar.config.Namespaces;
import io.nearfar.config.NearfarSettings;
import io.nearfar.config.OutagePolicy;
import io.nearfar.config.OutageRecovery;
import io.nearfar.config.StartPolicy;
import io.nearfar.config.TimeToLiveRules;
import io.nearfar.config.TrustPolicy;
import io.nearfar.testing.FarSetups;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings of a node with one cache named cities; each method gives another one. */
record Setup(
        @Nullable FarSettings far,
        Mode mode,
        OutagePolicy outage,
        AtomicOutage atomic,
        Duration maxStale,
        DirtySettings dirty,
        Duration deadline,
        Duration loadLease)
        implements NearfarSettings {

    static Setup near() {
        return new Setup(
                null,
                Mode.NEAR,
                OutagePolicy.OPEN,
                AtomicOutage.REFUSE,
                Duration.ofSeconds(30),
                FarSetups.DIRTY,
                FarSetups.DEADLINE,
                Node.LEASE);
    }

    static Setup over(FarSettings far) {
        return new Setup(
                far,
                Mode.TIERED,
                OutagePolicy.OPEN,
                AtomicOutage.REFUSE,
                Duration.ofSeconds(30),
                FarSetups.DIRTY,
                FarSetups.DEADLINE,
                Node.LEASE);
    }

    /** Over a server at that address, with a deadline that is also the link's. */
    static Setup over(String host, String prefix, Duration deadline) {
        return over(FarSetups.far(FarSetups.address(host), prefix, StartPolicy.DEFAULT, deadline))
                .deadline(deadline);
    }

    Setup mode(Mode other) {
        return new Setup(far, other, outage, atomic, maxStale, dirty, deadline, loadLease);
    }

    Setup outage(OutagePolicy other) {
        return new Setup(far, mode, other, atomic, maxStale, dirty, deadline, loadLease);
    }

    Setup local() {
        return new Setup(far, mode, outage, AtomicOutage.LOCAL, maxStale, dirty, deadline, loadLease);
    }

    Setup maxStale(Duration other) {
        return new Setup(far, mode, outage, atomic, other, dirty, deadline, loadLease);
    }

    Setup dirty(long entries, long weight) {
        return new Setup(
                far,
                mode,
                outage,
                atomic,
                maxStale,
                new DirtySettings(entries, weight, dirty.recovery(), dirty.fallback()),
                deadline,
                loadLease);
    }

    Setup recovering(OutageRecovery recovery) {
        return new Setup(
                far,
                mode,
                outage,
                atomic,
                maxStale,
                new DirtySettings(dirty.maximumEntries(), dirty.maximumWeight(), recovery, dirty.fallback()),
                deadline,
                loadLease);
    }

    Setup loadLease(Duration other) {
        return new Setup(far, mode, outage, atomic, maxStale, dirty, deadline, other);
    }

    /** With another deadline of calls than the link's. */
    Setup deadline(Duration other) {
        return new Setup(far, mode, outage, atomic, maxStale, dirty, other, loadLease);
    }

    @Override
    public String describe() {
        return "settings of a test";
    }

    /** A node is given its table itself. */
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
        return new CacheSettings(
                name,
                mode,
                null,
                1_000,
                null,
                Duration.ofSeconds(60),
                maxStale,
                outage,
                atomic,
                deadline,
                1 << 20,
                "java",
                TrustPolicy.DECLARED,
                List.of(),
                loadLease,
                dirty,
                CompressionSettings.NONE,
                0,
                TimeToLiveRules.NONE,
                LoadSettings.NONE,
                KeyRule.NONE,
                Namespaces.NONE,
                ListenerScope.ALL,
                InvalidationPace.DEFAULT);
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
