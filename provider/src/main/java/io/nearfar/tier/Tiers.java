package io.nearfar.tier;

import io.nearfar.CacheHealth;
import io.nearfar.EntryExplanation;
import io.nearfar.Meter;
import io.nearfar.Metric;
import io.nearfar.config.CacheSettings;
import io.nearfar.config.FarSettings;
import io.nearfar.config.Mode;
import io.nearfar.config.NearfarSettings;
import io.nearfar.entry.AsyncEntryStore;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.RefreshLeases;
import io.nearfar.entry.RemoteChanges;
import io.nearfar.entry.ServerClock;
import io.nearfar.entry.ValueFormat;
import io.nearfar.far.Awaiting;
import io.nearfar.far.FarEntries;
import io.nearfar.far.FarTier;
import io.nearfar.key.Glob;
import io.nearfar.key.KeyFormat;
import io.nearfar.key.KeyText;
import io.nearfar.key.Keyspace;
import io.nearfar.key.StoredName;
import io.nearfar.near.LocalStore;
import io.nearfar.near.NearCommons;
import io.nearfar.near.NearTier;
import io.nearfar.observe.CacheSignals;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Opens the tiers of one manager's caches and holds what they share: the link, the clock, a few threads. */
public final class Tiers implements AutoCloseable {
    private static final long PURGE_SECONDS = 10;
    private static final LongSupplier NO_NEAR_TIER = () -> -1;

    private final @Nullable Shared shared;
    private final ServerClock clock;
    private final Threads threads = Threads.create();
    private final Awaiting awaiting = new Awaiting(threads.timer(), threads.answers(), threads.waiters());
    private final @Nullable Agreements agreements;
    private final @Nullable ServerWatch servers;

    /**
     * A cache's store, what asks it without a thread that waits, null where it answers at once, what other nodes do, null
     * where there are none, and what tells of a key what is known.
     */
    private record Stores<K, V>(
            EntryStore<K, V> store,
            @Nullable AsyncEntryStore<K, V> async,
            @Nullable RemoteChanges<K, V> remote,
            Function<K, EntryExplanation> explanations) {}

    /** What only a manager with a far tier has. */
    private record Shared(
            FarTier far,
            Keyspace keyspace,
            InvalidationRouter router,
            NearCommons commons,
            Recovery recovery,
            @Nullable Fallback fallback) {
        static Shared open(FarSettings settings, @Nullable OutageTable table, LongSupplier nanoTime) {
            FarTier far = FarTier.open(settings);
            InvalidationRouter router = new InvalidationRouter(Keyspace.PARTITIONS, settings.nearLease(), far::renew);
            far.subscribe(router);
            far.subscribe(new MessageCounts(router.signals(), far.clock()));
            far.watch(router);
            NearCommons commons = new NearCommons(router.leases(), far.clock(), System::nanoTime, router::regressed);
            Fallback fallback = table == null ? null : new Fallback(settings, table, nanoTime);
            if (fallback != null) {
                router.notice(new Returns(far::troubles, fallback::returned));
            }
            return new Shared(
                    far, new Keyspace(settings.prefix()), router, commons, new Recovery(settings.prefix()), fallback);
        }

        Outages outages() {
            return new Outages(recovery, fallback, far.clock());
        }
    }

    private Tiers(@Nullable Shared shared, ServerClock clock) {
        this.shared = shared;
        this.clock = clock;
        this.agreements =
                shared == null ? null : new Agreements(shared.far(), threads.upkeep(), Agreements.Pace.DEFAULT);
        if (shared != null) {
            shared.far().listenBy(threads.upkeep());
        }
        this.servers = shared == null ? null : new ServerWatch(shared.far()::servers, this::after, System::nanoTime);
    }

    /**
     * Connects to the far tier, if the settings name one.
     *
     * @param table takes the far tier's place in an outage, or null; closed with these tiers
     * @throws javax.cache.CacheException if the far tier refuses what waiting cannot cure; names the address
     */
    public static Tiers open(NearfarSettings settings, @Nullable OutageTable table) {
        return open(settings, table, System::nanoTime);
    }

    /** Likewise; by {@code nanoTime} it is told whether a node that has claimed something in the table is gone. */
    static Tiers open(NearfarSettings settings, @Nullable OutageTable table, LongSupplier nanoTime) {
        FarSettings farSettings = settings.far();
        if (farSettings == null) {
            return new Tiers(null, new LocalClock());
        }
        Shared shared = Shared.open(farSettings, table, nanoTime);
        return new Tiers(shared, shared.far().clock());
    }

    /**
     * Opens the tiers of one cache.
     *
     * @param settings which tiers, and how large
     * @param keys turns its keys into text
     * @param values turns its values into what is kept
     * @param signals where its reads are counted
     * @throws IllegalStateException if the settings ask for a far tier and there is none
     */
    public <K, V> TieredCache<K, V> cache(
            CacheSettings settings, KeyFormat<K> keys, ValueFormat<V> values, CacheSignals signals) {
        if (settings.mode() == Mode.NEAR) {
            return local(settings, keys, signals);
        } else if (shared == null) {
            throw new IllegalStateException("Cache " + settings.name() + " is in mode " + settings.mode()
                    + " and there is no far tier: set nearfar.address, or the mode to near");
        }
        FarEntries<K, V> far = shared.far().store(settings, keys, values, signals.far());
        if (settings.mode() == Mode.FAR) {
            OutageStore<K, V> store = shared.outages().over(far, null, settings, keys, values, signals);
            Stores<K, V> stores = new Stores<>(
                    store,
                    store.async(awaiting),
                    far.remoteChanges((text, version) -> {}),
                    new Explanations<>(null, far, store::untold, settings.codec()));
            return opened(stores, far.refreshLeases(), settings, signals, () -> 0, NO_NEAR_TIER, () -> {});
        }
        return tiered(shared, far, settings, keys, values, signals);
    }

    /**
     * Returns the far entries of a cache that is not open here, for who wants some of them to end; null if there is no far tier.
     * In an outage its methods throw {@link io.nearfar.FarTierUnavailableException}, and nothing is remembered.
     */
    public @Nullable UnopenedCache unopened(CacheSettings settings) {
        if (shared == null) {
            return null;
        }
        FarEntries<KeyText, Object> far = shared.far().unopened(settings);
        return new UnopenedCache(far, far::exists);
    }

    private <K, V> TieredCache<K, V> local(CacheSettings settings, KeyFormat<K> keys, CacheSignals signals) {
        LocalStore<K, V> store =
                new LocalStore<>(settings, keys::keep, pattern -> matching(pattern, keys), clock, signals);
        ScheduledFuture<?> purge =
                threads.timer().scheduleWithFixedDelay(store::purge, PURGE_SECONDS, PURGE_SECONDS, TimeUnit.SECONDS);
        Stores<K, V> stores = new Stores<>(store, null, null, new LocalExplanations<>(store, clock));
        return opened(
                stores, store.refreshLeases(), settings, signals, store::size, NO_NEAR_TIER, () -> purge.cancel(false));
    }

    /** A key whose text does not show it in full is matched by what matches all. */
    private static <K> Predicate<K> matching(String pattern, KeyFormat<K> keys) {
        Glob glob = Glob.of(pattern);
        return key -> {
            String text = keys.whole(key);
            return text == null ? glob.isAll() : glob.test(text);
        };
    }

    private <K, V> TieredCache<K, V> tiered(
            Shared shared,
            FarEntries<K, V> far,
            CacheSettings settings,
            KeyFormat<K> keys,
            ValueFormat<V> values,
            CacheSignals signals) {
        String cache = StoredName.of(settings);
        NearTier<K, V> near = new NearTier<>(
                settings,
                shared.commons(),
                signals,
                keys::keep,
                text -> keys.key(new KeyText(text, null)),
                key -> keys.text(key).text());
        ToIntFunction<String> partition = text -> shared.keyspace().partition(cache, text);
        Fills<K, V> fills = new Fills<>(near, keys, partition);
        InvalidationRouter router = shared.router();
        router.add(cache, near);
        Doubts<K> doubts = new Doubts<>(near, far::versions, partition, this::afterPause);
        Consumer<String> changed = doubts::changed;
        shared.far().hear(cache, changed);
        Touches<K> touches = new Touches<>(keys::keep, new Extender<>(far, near, signals), this::afterTouchInterval);
        OutageStore<K, V> below = shared.outages().over(far, near, settings, keys, values, signals);
        TieredStore<K, V> store = new TieredStore<>(near, below, fills, touches, clock, signals, router.leases());
        Stores<K, V> stores = new Stores<>(
                store,
                new AsyncTiers<>(near, store, fills, touches, signals, awaiting),
                far.remoteChanges(near::invalidate),
                new Explanations<>(near, far, below::untold, settings.codec()));
        LongSupplier sinceVerified = () -> router.age(System.nanoTime());
        return opened(stores, far.refreshLeases(), settings, signals, near::size, sinceVerified, () -> {
            shared.far().unhear(cache, changed);
            router.remove(cache, near);
        });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what is in doubt when the manager closes is not served any more
    private void afterPause(Runnable settle) {
        if (!threads.doubts().isShutdown()) {
            threads.doubts().schedule(settle, Doubts.PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a push that fails is not repeated
    private void afterTouchInterval(Runnable push) {
        threads.upkeep().schedule(push, Touches.INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the servers' figures
    private void after(long seconds, Runnable work) {
        if (!threads.upkeep().isShutdown()) {
            threads.upkeep().schedule(work, seconds, TimeUnit.SECONDS);
        }
    }

    private <K, V> TieredCache<K, V> opened(
            Stores<K, V> stores,
            RefreshLeases<K> refreshLeases,
            CacheSettings settings,
            CacheSignals signals,
            LongSupplier nearSize,
            LongSupplier sinceVerified,
            Runnable detach) {
        EntryStore<K, V> store = stores.store();
        LoadCoordinator<K, V> loads = new LoadCoordinator<>(store, settings, signals, clock, threads);
        Refreshes<K, V> refreshes = new Refreshes<>(
                loads,
                refreshLeases,
                clock,
                threads.upkeep(),
                settings.loadLease().toMillis(),
                settings.loading().refreshAhead());
        Agreements shares = settings.mode() == Mode.NEAR ? null : agreements;
        if (shares == null) {
            return new TieredCache<>(
                    store,
                    stores.async(),
                    null,
                    loads,
                    refreshes,
                    nearSize,
                    sinceVerified,
                    stores.explanations(),
                    terms -> {},
                    detach);
        }
        String cache = StoredName.of(settings);
        Runnable leave = () -> {
            detach.run();
            shares.closed(cache);
        };
        return new TieredCache<>(
                store,
                stores.async(),
                stores.remote(),
                loads,
                refreshes,
                nearSize,
                sinceVerified,
                stores.explanations(),
                terms -> shares.opened(cache, terms),
                leave);
    }

    /** Returns how often a server was found not to answer and left alone for a while; 0 without a far tier. */
    public long breakerOpenings() {
        return shared == null ? 0 : shared.far().breakerOpenings();
    }

    /**
     * Returns how the far tier is; see {@link FarTier#health}.
     *
     * @param mode of the manager, for the answer
     */
    public CacheHealth health(String mode) {
        return shared == null ? CacheHealth.withoutFarTier(mode) : shared.far().health(mode);
    }

    /** Returns the meters of what the caches share; none without a far tier. */
    public List<Meter> meters() {
        if (shared == null || servers == null) {
            return List.of();
        }
        FarTier far = shared.far();
        List<Meter> meters = new ArrayList<>(shared.router().signals().meters());
        meters.add(Meter.of(Metric.FAR_BREAKERS_OPEN, far::breakersOpen));
        meters.add(Meter.of(Metric.FAR_BREAKER_OPENINGS, far::breakerOpenings));
        meters.addAll(servers.meters());
        return meters;
    }

    /** Has {@code changed} run, by a thread of these tiers, when there are others of {@link #meters}. */
    public void onOtherMeters(Runnable changed) {
        if (servers != null) {
            servers.onOthers(changed);
        }
    }

    /** Frees connections and threads; far entries stay. */
    @Override
    public void close() {
        if (agreements != null) {
            agreements.close();
        }
        threads.close();
        awaiting.close();
        if (shared != null) {
            shared.recovery().close();
            if (shared.fallback() != null) {
                shared.fallback().close();
            }
            shared.far().close();
        }
    }
}
