package io.nearfar.spi;

import io.nearfar.CacheHealth;
import io.nearfar.HttpSettings;
import io.nearfar.InvalidationDeclaration;
import io.nearfar.Limit;
import io.nearfar.Meter;
import io.nearfar.MetricsSettings;
import io.nearfar.NearfarConfiguration;
import io.nearfar.RateLimiter;
import io.nearfar.StatusSettings;
import io.nearfar.WarmingPlan;
import io.nearfar.config.CacheSettings;
import io.nearfar.config.ConfiguredCache;
import io.nearfar.config.FallbackSettings;
import io.nearfar.config.FarSettings;
import io.nearfar.config.Mode;
import io.nearfar.config.NearfarSettings;
import io.nearfar.config.OutagePolicy;
import io.nearfar.config.SettingsReader;
import io.nearfar.entry.ObjectKeyCodec;
import io.nearfar.entry.ValueFormat;
import io.nearfar.entry.ValueFormats;
import io.nearfar.entry.codec.CacheTypes;
import io.nearfar.fallback.JdbcOutageTable;
import io.nearfar.jcache.Backroom;
import io.nearfar.jcache.CacheRequest;
import io.nearfar.jcache.LoadLimit;
import io.nearfar.jcache.Opened;
import io.nearfar.jcache.Unopened;
import io.nearfar.key.KeyFormat;
import io.nearfar.key.KeyFormats;
import io.nearfar.limit.Limiters;
import io.nearfar.observe.CacheSignals;
import io.nearfar.observe.ShownKeys;
import io.nearfar.tier.OutageTable;
import io.nearfar.tier.Tiers;
import io.nearfar.tier.UnopenedCache;
import java.lang.ref.WeakReference;
import java.lang.reflect.Type;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.cache.CacheException;
import javax.cache.configuration.CompleteConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Connects the rooms for one manager. Settings are read at once; tiers are opened by the first cache, so that a manager
 * can be had while the far tier cannot.
 */
final class Wiring implements Backroom {
    private final NearfarSettings settings;
    private final LiveSettings live;
    private final Properties properties;
    private final WeakReference<ClassLoader> loader;
    private volatile @Nullable Tiers tiers;
    private volatile @Nullable String unusable;
    private volatile Runnable onNewMeters = () -> {};
    private final Object limiting = new Object();
    private volatile @Nullable Limiters limiters;
    private boolean closed;

    /**
     * Reads the settings of a manager.
     *
     * @throws javax.cache.CacheException if one is wrong
     */
    Wiring(URI uri, ClassLoader loader, Properties properties) {
        this.settings = SettingsReader.read(uri, properties, loader);
        this.properties = (Properties) properties.clone();
        this.loader = new WeakReference<>(loader);
        this.live =
                new LiveSettings(settings, () -> SettingsReader.read(uri, this.properties, loader()), System::nanoTime);
    }

    /** Returns one line that says what the settings come to. */
    String describe() {
        return settings.describe();
    }

    /** Tells whether caches are shared with other nodes, unless their own settings say otherwise. */
    boolean hasFarTier() {
        return settings.mode() != Mode.NEAR;
    }

    @Override
    public <K, V> Opened<K, V> open(CacheRequest<K, V> request) {
        Function<NearfarSettings, ConfiguredCache> caches = caches(request);
        ConfiguredCache configured = caches.apply(settings);
        Supplier<ConfiguredCache> now = live.of(configured, caches);
        CacheSettings own = configured.settings();
        CompleteConfiguration<K, V> configuration = request.configuration();
        CacheSignals signals = signals(own);
        if (configuration.isStoreByValue()) {
            KeyFormat<K> keys = keysByValue(
                    own, configuration.getKeyType(), further(request, configuration.getValueType()), signals);
            ValueFormat<V> values = ValueFormats.byValue(
                    own,
                    types(configuration.getValueType(), further(request, configuration.getKeyType())),
                    signals::rejected);
            return open(configured, now, keys, values, signals);
        } else if (own.mode() != Mode.NEAR) {
            throw new UnsupportedOperationException("Cache " + own.name() + " is in mode " + own.mode()
                    + " and cannot store by reference: other nodes cannot share objects; store by value, or set the mode to"
                    + " near");
        }
        return open(configured, now, new KeysByReference<>(), ValueFormats.byReference(), signals);
    }

    /** What a request says of its cache is kept, and nothing else of it. */
    private static Function<NearfarSettings, ConfiguredCache> caches(CacheRequest<?, ?> request) {
        String cache = request.cache();
        boolean declared = request.declaredInCode();
        if (declared && request.configuration() instanceof NearfarConfiguration<?, ?> configuration) {
            Map<String, String> inCode = Map.copyOf(configuration.settings());
            return all -> all.configured(cache, inCode);
        }
        return all -> all.configured(cache, declared);
    }

    private <K> KeyFormat<K> keysByValue(
            CacheSettings own, Class<K> keyType, List<Type> further, CacheSignals signals) {
        ObjectKeyCodec codec = new ObjectKeyCodec(own, types(keyType, further), signals::rejected);
        return KeyFormats.of(keyType, new KeysOfObjects(codec));
    }

    private CacheTypes types(Class<?> declared, List<Type> further) {
        return new CacheTypes(declared, further, loader());
    }

    /** The loader is held by the caches that are open, not by the manager. */
    private ClassLoader loader() {
        ClassLoader there = loader.get();
        if (there == null) {
            throw new CacheException(
                    "The class loader of the manager is gone, and with it the application that could use"
                            + " this cache; ask for a manager with a class loader that is in use");
        }
        return there;
    }

    private static List<Type> further(CacheRequest<?, ?> request, Class<?> counterpart) {
        List<Type> further = new ArrayList<>(request.trusted());
        further.add(counterpart);
        return further;
    }

    private <K, V> Opened<K, V> open(
            ConfiguredCache configured,
            Supplier<ConfiguredCache> now,
            KeyFormat<K> keys,
            ValueFormat<V> values,
            CacheSignals signals) {
        CacheSettings own = configured.settings();
        LoadLimit limit = loadLimit(own); // what refuses it refuses before anything of the cache is open
        return new Opened<>(
                configured,
                tiers().cache(own, keys, values, signals),
                values,
                keys::keep,
                limit,
                signals,
                fallbackTable(own),
                keys::shown,
                keys::readable,
                now,
                version -> open(
                        configured.in(version),
                        new LiveVersion(now, each -> each.in(version)),
                        keys,
                        values,
                        signals(own)));
    }

    private CacheSignals signals(CacheSettings own) {
        return new CacheSignals(own.name(), new ShownKeys(settings.logsKeys()));
    }

    /** Opens the limiter for a cache with a limit, and for no other. */
    private LoadLimit loadLimit(CacheSettings own) {
        Limit limit = own.loading().limit();
        return limit == null || !settings.limits().enabled() ? LoadLimit.NONE : LoadLimit.of(limit, limiter());
    }

    private @Nullable String fallbackTable(CacheSettings own) {
        FallbackSettings fallback = settings.fallback();
        boolean takesPart = own.outage() == OutagePolicy.OPEN && own.dirty().fallback() && own.mode() != Mode.NEAR;
        return fallback == null || !takesPart ? null : fallback.table();
    }

    @Override
    public List<InvalidationDeclaration> invalidations() {
        return settings.invalidations();
    }

    @Override
    public @Nullable WarmingPlan warming(WarmingPlan plan) {
        return settings.warming(plan);
    }

    @Override
    public synchronized @Nullable Unopened unopened(String cache) {
        if (closed) {
            throw refusal();
        }
        CacheSettings own = settings.cache(cache, false);
        UnopenedCache far = own.mode() == Mode.NEAR ? null : tiers().unopened(own);
        return far == null ? null : new Unopened(far, own.outage() == OutagePolicy.CLOSED, own.patternPace());
    }

    @Override
    public void connect() {
        tiers();
    }

    private synchronized Tiers tiers() {
        Tiers there = tiers;
        if (there == null) {
            there = openTiers();
            tiers = there;
        }
        return there;
    }

    private Tiers openTiers() {
        try {
            Tiers opened = Tiers.open(settings, outageTable());
            opened.onOtherMeters(() -> onNewMeters.run());
            unusable = null;
            return opened;
        } catch (CacheException e) {
            unusable = String.valueOf(e.getMessage());
            throw e;
        }
    }

    private @Nullable OutageTable outageTable() {
        FallbackSettings fallback = settings.fallback();
        FarSettings far = settings.far();
        return fallback == null || far == null ? null : JdbcOutageTable.open(fallback, properties, far.deadline());
    }

    @Override
    public HttpSettings http() {
        return settings.http();
    }

    @Override
    public StatusSettings status() {
        return settings.status();
    }

    /** Takes no lock: whoever opens the tiers may hold it for seconds. */
    @Override
    public CacheHealth health() {
        Tiers there = tiers;
        String mode = settings.mode().name().toLowerCase(Locale.ROOT);
        return there == null ? notOpened(mode, settings.far()) : there.health(mode);
    }

    private CacheHealth notOpened(String mode, @Nullable FarSettings far) {
        if (far == null) {
            return CacheHealth.withoutFarTier(mode);
        }
        String trouble = unusable;
        return new CacheHealth(
                mode,
                trouble == null ? CacheHealth.State.NOT_OPENED : CacheHealth.State.DOWN,
                far.address().toString(),
                far.address().topology().written(),
                trouble,
                0,
                List.of(),
                List.of());
    }

    @Override
    public MetricsSettings metrics() {
        return settings.metrics();
    }

    @Override
    public RateLimiter limiter() {
        Limiters there = limiters;
        if (there == null) {
            there = openLimiters();
            onNewMeters.run();
        }
        return there.limiter();
    }

    @Override
    public List<Meter> meters() {
        Tiers openTiers = tiers;
        Limiters openLimiters = limiters;
        List<Meter> meters = new ArrayList<>(openTiers == null ? List.of() : openTiers.meters());
        meters.addAll(openLimiters == null ? List.of() : openLimiters.meters());
        return meters;
    }

    @Override
    public void onNewMeters(Runnable changed) {
        onNewMeters = changed;
    }

    /** Connecting may take seconds, and caches are to be had meanwhile. */
    private Limiters openLimiters() {
        synchronized (limiting) {
            if (closed) {
                throw refusal();
            }
            Limiters there = limiters;
            Limiters open = there == null ? openedLimiters() : there;
            limiters = open;
            return open;
        }
    }

    private static IllegalStateException refusal() {
        return new IllegalStateException(
                "The manager is closed; getCacheManager of the caching provider gives a new one");
    }

    private Limiters openedLimiters() {
        return Limiters.open(settings.limits(), new ShownKeys(settings.logsKeys()), () -> onNewMeters.run());
    }

    @Override
    public synchronized void close() {
        try {
            closeLimiters();
        } finally {
            Tiers there = tiers;
            if (there != null) {
                there.close();
            }
        }
    }

    private void closeLimiters() {
        synchronized (limiting) {
            closed = true;
            Limiters there = limiters;
            if (there != null) {
                there.close();
            }
        }
    }
}
