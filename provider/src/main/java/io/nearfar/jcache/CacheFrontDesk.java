package io.nearfar.jcache;

import io.nearfar.AsyncContextLoad;
import io.nearfar.AsyncNearfarCache;
import io.nearfar.CacheFigures;
import io.nearfar.CacheObserver;
import io.nearfar.ContextLoad;
import io.nearfar.EffectiveSettings;
import io.nearfar.EntryExplanation;
import io.nearfar.EntryOptions;
import io.nearfar.NearfarCache;
import io.nearfar.NearfarConfiguration;
import io.nearfar.config.Namespaces;
import io.nearfar.entry.EntryStore;
import io.nearfar.jcache.integration.Loader;
import io.nearfar.observe.CacheSignals;
import io.nearfar.observe.CacheSignals.Bulk;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/**
 * One cache as JSR-107 has it. It checks what callers hand in and passes on to the chapter that knows the rule.
 */
final class CacheFrontDesk<K, V> extends EndingCache<K, V> {
    private final NearfarCacheManager manager;
    private final String name;
    private final Premises<K, V> premises;
    private final Desk<K, V> desk;
    private final TypeGuard<K, V> guard;
    private final Loading<K, V> loading;
    private final LoggedReads<K, V> reads;
    private final LoggedWrites<K, V> writes;
    private final LoggedConditionals<K, V> conditionals;
    private final LoggedBatches<K, V> batches;
    private final LoggedInvocations<K, V> invocations;
    private final Patterns patterns;
    private final int version;
    private final Views<K, V> views;
    private volatile boolean closed;

    /**
     * Opens the cache.
     *
     * @param configuration its own from now on
     * @param tiers what lies behind it
     * @throws RuntimeException if a factory fails; nothing is left open then, the tiers included
     */
    CacheFrontDesk(
            NearfarCacheManager manager, String name, LiveConfiguration<K, V> configuration, Opened<K, V> tiers) {
        this(manager, name, configuration, tiers, null);
    }

    /** Opens a view of a cache over tiers in another version. */
    private CacheFrontDesk(CacheFrontDesk<K, V> original, Opened<K, V> tiers) {
        this(original.manager, original.name, original.premises.configuration().ofView(), tiers, original);
    }

    private CacheFrontDesk(
            NearfarCacheManager manager,
            String name,
            LiveConfiguration<K, V> configuration,
            Opened<K, V> tiers,
            @Nullable CacheFrontDesk<K, V> original) {
        this.manager = manager;
        this.name = name;
        this.premises = new Premises<>(this, manager, configuration, tiers, original == null ? null : original.desk);
        this.version = tiers.settings().version();
        this.views = original == null ? views(tiers) : original.views;
        this.desk = premises.desk();
        this.guard = new TypeGuard<>(
                name, configuration.copy(), KeyGuard.of(name, tiers.settings().keyRule(), tiers.readable()));
        this.loading = new Loading<>(desk, premises.timedLoads());
        this.patterns = premises.patterns();
        Changes<K, V> changes = new Changes<>(desk);
        this.reads = new LoggedReads<>(desk, loading, new Refreshing<>(desk, loading, premises.refreshers()));
        this.writes = new LoggedWrites<>(desk, changes);
        this.conditionals = new LoggedConditionals<>(desk, changes);
        this.batches = new LoggedBatches<>(desk, changes);
        this.invocations = new LoggedInvocations<>(desk, changes, loading);
    }

    private Views<K, V> views(Opened<K, V> tiers) {
        return new Views<>(
                this,
                version,
                other -> new CacheFrontDesk<>(this, tiers.versions().apply(other)));
    }

    // ---- reads

    @Override
    @SuppressWarnings("NullAway") // null says that there is no entry, which the interface cannot express; so elsewhere
    public V get(K key) {
        mustBeOpen();
        guard.key(key);
        return reads.get(key);
    }

    @Override
    public Map<K, V> getAll(Set<? extends K> keys) {
        mustBeOpen();
        guard.keys(keys);
        return reads.getAll(keys);
    }

    @Override
    public boolean containsKey(K key) {
        mustBeOpen();
        guard.key(key);
        return reads.containsKey(key);
    }

    @Override
    public Iterator<Cache.Entry<K, V>> iterator() {
        mustBeOpen();
        return new Iteration<>(desk, this::mustBeOpen, writes::remove);
    }

    // ---- writes

    @Override
    public void put(K key, V value) {
        mustBeOpen();
        guard.entry(key, value);
        writes.put(key, value);
    }

    @Override
    public void put(K key, V value, EntryOptions options) {
        mustBeOpen();
        guard.entry(key, value);
        guard.options(options);
        writes.put(key, value, options);
    }

    @Override
    @SuppressWarnings("NullAway")
    public V getAndPut(K key, V value) {
        mustBeOpen();
        guard.entry(key, value);
        return writes.getAndPut(key, value);
    }

    @Override
    public void putAll(Map<? extends K, ? extends V> map) {
        mustBeOpen();
        guard.entries(map);
        batches.putAll(map);
    }

    @Override
    public boolean remove(K key) {
        mustBeOpen();
        guard.key(key);
        return writes.remove(key);
    }

    @Override
    @SuppressWarnings("NullAway")
    public V getAndRemove(K key) {
        mustBeOpen();
        guard.key(key);
        return writes.getAndRemove(key);
    }

    @Override
    public void removeAll(Set<? extends K> keys) {
        mustBeOpen();
        guard.keys(keys);
        batches.removeAll(keys);
    }

    @Override
    public void removeAll() {
        mustBeOpen();
        batches.removeAll();
    }

    @Override
    public void clear() {
        mustBeOpen();
        store().clear();
        signals().invalidatedInBulk(Bulk.CLEAR);
    }

    @Override
    public boolean expire(K key) {
        mustBeOpen();
        guard.key(key);
        return writes.expire(key);
    }

    @Override
    TypeGuard<K, V> guard() {
        return guard;
    }

    @Override
    EntryStore<K, V> store() {
        return premises.endings();
    }

    @Override
    Patterns patterns() {
        return patterns;
    }

    @Override
    Namespaces namespaces() {
        return desk.opened().settings().namespaces();
    }

    @Override
    CacheSignals signals() {
        return desk.signals();
    }

    /** Returns what a named invalidation does its work through. */
    InvalidatedCache invalidated() {
        mustBeOpen();
        return InvalidatedCache.opened(
                name,
                store(),
                premises.configuration().copy().getKeyType(),
                patterns,
                namespaces(),
                signals()::invalidatedInBulk);
    }

    // ---- conditional operations

    @Override
    public boolean putIfAbsent(K key, V value) {
        mustBeOpen();
        guard.entry(key, value);
        return conditionals.putIfAbsent(key, value);
    }

    @Override
    public boolean replace(K key, V oldValue, V newValue) {
        mustBeOpen();
        guard.oldValue(oldValue);
        guard.entry(key, newValue);
        return conditionals.replace(key, oldValue, newValue);
    }

    @Override
    public boolean replace(K key, V value) {
        mustBeOpen();
        guard.entry(key, value);
        return conditionals.replace(key, value);
    }

    @Override
    @SuppressWarnings("NullAway")
    public V getAndReplace(K key, V value) {
        mustBeOpen();
        guard.entry(key, value);
        return conditionals.getAndReplace(key, value);
    }

    @Override
    public boolean remove(K key, V oldValue) {
        mustBeOpen();
        guard.key(key);
        guard.oldValue(oldValue);
        return conditionals.remove(key, oldValue);
    }

    @Override
    @SuppressWarnings("NullAway")
    public <T> T invoke(K key, EntryProcessor<K, V, T> processor, Object... arguments) {
        mustBeOpen();
        guard.key(key);
        guard.processor(processor);
        return invocations.invoke(key, processor, arguments);
    }

    @Override
    public <T> Map<K, EntryProcessorResult<T>> invokeAll(
            Set<? extends K> keys, EntryProcessor<K, V, T> processor, Object... arguments) {
        mustBeOpen();
        guard.keys(keys);
        guard.processor(processor);
        return invocations.invokeAll(keys, processor, arguments);
    }

    // ---- loading

    @Override
    public void loadAll(Set<? extends K> keys, boolean replaceExistingValues, CompletionListener completionListener) {
        mustBeOpen();
        guard.keys(keys);
        Loader<K, V> loader = desk.loader();
        if (loader != null) {
            Set<K> copy = Set.copyOf(keys);
            BulkLoad<K, V> load = new BulkLoad<>(desk, loading, loader);
            desk.background().execute(() -> load.run(copy, replaceExistingValues, completionListener));
        } else if (completionListener != null) {
            completionListener.onCompletion();
        }
    }

    @Override
    public @Nullable V getOrLoad(K key, ContextLoad<? extends V> load) throws Exception {
        mustBeOpen();
        guard.key(key);
        guard.function(load);
        return reads.getOrLoad(key, load);
    }

    @Override
    public @Nullable V reload(K key, ContextLoad<? extends V> load) throws Exception {
        mustBeOpen();
        guard.key(key);
        guard.function(load);
        return Reads.plain(loading.reload(key, load).value());
    }

    @Override
    public CompletionStage<@Nullable V> getOrLoadAsync(K key, AsyncContextLoad<? extends V> load) {
        mustBeOpen();
        guard.key(key);
        guard.function(load);
        return reads.getOrLoadAsync(key, load);
    }

    @Override
    public CompletionStage<@Nullable V> reloadAsync(K key, AsyncContextLoad<? extends V> load) {
        mustBeOpen();
        guard.key(key);
        guard.function(load);
        return loading.reloadAsync(key, load);
    }

    @Override
    public AsyncNearfarCache<K, V> async() {
        return new AsyncView<>(this, desk, guard, reads, loading);
    }

    @Override
    public EntryExplanation explain(K key) {
        mustBeOpen();
        guard.key(key);
        return desk.opened().tiers().explanations().apply(key);
    }

    @Override
    public CacheFigures figures() {
        return desk.signals().figures(premises::nearSize);
    }

    Desk<K, V> desk() {
        return desk;
    }

    @Override
    public EffectiveSettings settings() {
        return desk.opened().live().get().shown();
    }

    @Override
    public @Nullable Duration sinceVerified() {
        long nanos = premises.sinceVerified();
        return nanos < 0 ? null : Duration.ofNanos(nanos);
    }

    @Override
    public void addObserver(CacheObserver observer) {
        desk.signals().add(observer);
    }

    @Override
    public void removeObserver(CacheObserver observer) {
        desk.signals().remove(observer);
    }

    @Override
    public void registerCacheEntryListener(CacheEntryListenerConfiguration<K, V> configuration) {
        mustBeOpen();
        premises.configuration().addListener(guard.listener(configuration), desk.listeners()::add);
    }

    @Override
    public void deregisterCacheEntryListener(CacheEntryListenerConfiguration<K, V> configuration) {
        mustBeOpen();
        premises.configuration().removeListener(guard.listener(configuration));
        desk.listeners().remove(configuration);
    }

    void enableStatistics(boolean on) {
        mustBeOpen();
        premises.enableStatistics(on);
    }

    void enableManagement(boolean on) {
        mustBeOpen();
        premises.enableManagement(on);
    }

    /** Throws if the cache is declared with other types. */
    void mustHave(Class<?> keyType, Class<?> valueType) {
        guard.mustHave(keyType, valueType);
    }

    @Override
    public NearfarCache<K, V> version(int other) {
        mustBeOpen();
        return views.in(other);
    }

    @Override
    public int version() {
        return version;
    }

    // ---- the cache itself

    @Override
    public String getName() {
        return name;
    }

    @Override
    public CacheManager getCacheManager() {
        return manager;
    }

    @Override
    public <C extends Configuration<K, V>> C getConfiguration(Class<C> type) {
        C copy = premises.configuration().copyAs(type);
        if (copy == null) {
            throw new IllegalArgumentException("The configuration of cache " + name + " is no " + type.getName()
                    + "; ask for " + NearfarConfiguration.class.getName() + " or what it extends and implements");
        }
        return copy;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new IllegalArgumentException("Cache " + name + " cannot be unwrapped to " + type.getName() + "; ask for "
                + NearfarCache.class.getName());
    }

    /** Closes what belongs to the cache; entries of a far tier stay. */
    @Override
    public void close() {
        views.close(this, premises::close);
    }

    /** Closes, and removes all entries and traces of this version on all nodes. */
    void destroy() {
        views.close(this, premises::destroy);
    }

    /** Destroys another version, or this one. */
    void destroy(int other) {
        views.destroy(other);
    }

    /** Lets nobody in any more; for {@link Views}, which then takes the cache down. */
    void markClosed() {
        closed = true;
        manager.forget(this);
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    void mustBeOpen() {
        if (closed) {
            throw new IllegalStateException("Cache " + name + " is closed; get it again from a manager that is open");
        }
    }

    @Override
    public String toString() {
        return "Nearfar cache " + name + (version == 0 ? "" : " version " + version) + (closed ? " (closed)" : "");
    }
}
