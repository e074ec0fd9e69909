package io.nearfar.tier;

import io.nearfar.CacheFigures;
import io.nearfar.FarTierUnavailableException;
import io.nearfar.config.CacheSettings;
import io.nearfar.config.FarSettings;
import io.nearfar.config.Mode;
import io.nearfar.config.OutagePolicy;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.Reply;
import io.nearfar.key.KeyFormat;
import io.nearfar.observe.CacheSignals;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** One node of an application, as the tier room sees it: a manager's tiers with one cache of strings. */
final class Node implements AutoCloseable {
    /** So long that nothing comes about by its end. */
    static final Duration LEASE = Duration.ofMinutes(10);

    private final Tiers tiers;
    private final Setup setup;
    final CacheSignals signals = new CacheSignals("cities");
    final TextFormat values = new TextFormat();
    TieredCache<String, String> cache;

    private Node(Setup setup, @Nullable OutageTable table, LongSupplier nanoTime) {
        this.setup = setup;
        this.tiers = Tiers.open(setup, table, nanoTime);
        open();
    }

    /** Starts a node whose server need not be there. */
    static Node unreached(Setup setup) {
        return new Node(setup, null, System::nanoTime);
    }

    /** Starts a node and waits until it has reached its server, if it is to have one. */
    static Node of(Setup setup) {
        return of(setup, null);
    }

    /** Likewise with a fallback store. */
    static Node of(Setup setup, @Nullable OutageTable table) {
        return of(setup, table, System::nanoTime);
    }

    /** Likewise with a time of its own for the rows of others. */
    static Node of(Setup setup, @Nullable OutageTable table, LongSupplier nanoTime) {
        Node node = new Node(setup, table, nanoTime);
        if (setup.far() != null) {
            FarSetups.awaitReach(node.store());
        }
        return node;
    }

    static Node near() {
        return near(LEASE);
    }

    static Node near(Duration lease) {
        return of(Setup.near().loadLease(lease));
    }

    static Node over(RealRedis redis, Mode mode) {
        return over(redis, mode, LEASE);
    }

    static Node over(RealRedis redis, Mode mode, Duration lease) {
        return of(Setup.over(FarSetups.far(FarSetups.address(redis.host()), "tiers:test"))
                .mode(mode)
                .loadLease(lease));
    }

    static Node over(FarSettings far, OutagePolicy outage) {
        return of(Setup.over(far).outage(outage));
    }

    /** Returns settings of a cache whose load leases last so long. */
    static CacheSettings leasing(Duration lease) {
        return Setup.near().mode(Mode.TIERED).loadLease(lease).cache("cities", true);
    }

    /** Opens the cache again after it was closed. */
    void open() {
        open(new TextKeys());
    }

    /** Likewise with other texts of its keys. */
    void open(KeyFormat<String> keys) {
        cache = tiers.cache(setup.cache("cities", true), keys, values, signals);
    }

    /** Opens another cache, which is closed by whoever has opened it. */
    TieredCache<String, String> open(String name) {
        return tiers.cache(setup.cache(name, true), new TextKeys(), values, signals);
    }

    EntryStore<String, String> store() {
        return cache.store();
    }

    /** Returns how often its server was found to be away. */
    long outages() {
        return tiers.breakerOpenings();
    }

    /** What of this node is dirty. */
    DirtySet<String, String> dirty() {
        OutageStore<String, String> outages = store() instanceof TieredStore<String, String> tiered
                ? tiered.below()
                : (OutageStore<String, String>) store();
        return outages.dirty();
    }

    LoadCoordinator<String, String> loads() {
        return cache.loads();
    }

    Change<String> write(String value, Condition condition) {
        return Change.write(values.keep(value), condition, eternal(), false);
    }

    Reply<String> put(String key, String value) {
        return store().apply(key, write(value, Condition.ALWAYS));
    }

    /** Puts until the far tier has taken it: on a busy machine a healthy server may seem away for a moment. */
    void putFar(String key, String value) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> put(key, value).version() != null);
    }

    /** Likewise, until it is kept near too: a beat beside a write keeps it out, and then nobody knows what was there. */
    void putKnown(String key, String value) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            putFar(key, value);
            long hits = figures().nearHits();
            get(key);
            return figures().nearHits() > hits;
        });
    }

    /** Returns what the far tier holds, asked until it answers. */
    @Nullable
    String getFar(String key) {
        Entry<String> entry = Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .ignoreExceptionsInstanceOf(FarTierUnavailableException.class)
                .until(() -> store().readAll(List.of(key), Freshness.AUTHORITY), found -> true)
                .get(key);
        return entry == null ? null : entry.value().get();
    }

    Reply<String> put(String key, String value, long millis) {
        return store().apply(key, Change.write(values.keep(value), Condition.ALWAYS, Lifetime.of(millis), false));
    }

    Reply<String> remove(String key) {
        return store().apply(key, Change.removal(Condition.ALWAYS, false));
    }

    @Nullable
    String get(String key) {
        Entry<String> near = store().lookupNear(key);
        Entry<String> entry = near == null ? store().lookup(key) : near;
        return entry == null ? null : entry.value().get();
    }

    CacheFigures figures() {
        return signals.figures(cache.nearSize());
    }

    static Lifetime eternal() {
        return Lifetime.of(Lifetime.ETERNAL);
    }

    @Override
    public void close() {
        cache.close();
        closeTiers();
    }

    /** Without a farewell of the cache. */
    void closeTiers() {
        tiers.close();
    }
}
