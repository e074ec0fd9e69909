package io.nearfar.cdi;

import io.nearfar.AsyncContextLoad;
import io.nearfar.AsyncNearfarCache;
import io.nearfar.CacheFigures;
import io.nearfar.CacheObserver;
import io.nearfar.ContextLoad;
import io.nearfar.EffectiveSettings;
import io.nearfar.EntryExplanation;
import io.nearfar.EntryOptions;
import io.nearfar.InvalidationPace;
import io.nearfar.NearfarCache;
import io.nearfar.PatternInvalidation;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.cache.CacheManager;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/**
 * An injected cache: looked up at its first use, and again once it was closed, so that it outlives a manager that some
 * framework closes; so are its views in other versions. Every method is that of the cache behind it.
 */
class LiveCache<K, V> implements NearfarCache<K, V> {
    private final Supplier<NearfarCache<K, V>> lookup;
    private final Map<Integer, NearfarCache<K, V>> views = new ConcurrentHashMap<>();
    private volatile @Nullable NearfarCache<K, V> last;

    LiveCache(Supplier<NearfarCache<K, V>> lookup) {
        this.lookup = lookup;
    }

    private NearfarCache<K, V> cache() {
        NearfarCache<K, V> cache = last;
        if (cache == null || cache.isClosed()) {
            cache = lookup.get();
            last = cache;
        }
        return cache;
    }

    @Override
    public V get(K key) {
        return cache().get(key);
    }

    @Override
    public Map<K, V> getAll(Set<? extends K> keys) {
        return cache().getAll(keys);
    }

    @Override
    public boolean containsKey(K key) {
        return cache().containsKey(key);
    }

    @Override
    public void loadAll(Set<? extends K> keys, boolean replaceExistingValues, CompletionListener completionListener) {
        cache().loadAll(keys, replaceExistingValues, completionListener);
    }

    @Override
    public void put(K key, V value) {
        cache().put(key, value);
    }

    @Override
    public V getAndPut(K key, V value) {
        return cache().getAndPut(key, value);
    }

    @Override
    public void putAll(Map<? extends K, ? extends V> map) {
        cache().putAll(map);
    }

    @Override
    public boolean putIfAbsent(K key, V value) {
        return cache().putIfAbsent(key, value);
    }

    @Override
    public boolean remove(K key) {
        return cache().remove(key);
    }

    @Override
    public boolean remove(K key, V oldValue) {
        return cache().remove(key, oldValue);
    }

    @Override
    public V getAndRemove(K key) {
        return cache().getAndRemove(key);
    }

    @Override
    public boolean replace(K key, V oldValue, V newValue) {
        return cache().replace(key, oldValue, newValue);
    }

    @Override
    public boolean replace(K key, V value) {
        return cache().replace(key, value);
    }

    @Override
    public V getAndReplace(K key, V value) {
        return cache().getAndReplace(key, value);
    }

    @Override
    public void removeAll(Set<? extends K> keys) {
        cache().removeAll(keys);
    }

    @Override
    public void removeAll() {
        cache().removeAll();
    }

    @Override
    public void clear() {
        cache().clear();
    }

    @Override
    public <C extends Configuration<K, V>> C getConfiguration(Class<C> type) {
        return cache().getConfiguration(type);
    }

    @Override
    public <T> T invoke(K key, EntryProcessor<K, V, T> entryProcessor, Object... arguments) {
        return cache().invoke(key, entryProcessor, arguments);
    }

    @Override
    public <T> Map<K, EntryProcessorResult<T>> invokeAll(
            Set<? extends K> keys, EntryProcessor<K, V, T> entryProcessor, Object... arguments) {
        return cache().invokeAll(keys, entryProcessor, arguments);
    }

    @Override
    public String getName() {
        return cache().getName();
    }

    @Override
    public CacheManager getCacheManager() {
        return cache().getCacheManager();
    }

    @Override
    public void close() {
        cache().close();
    }

    @Override
    public boolean isClosed() {
        return cache().isClosed();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return cache().unwrap(type);
    }

    @Override
    public void registerCacheEntryListener(CacheEntryListenerConfiguration<K, V> configuration) {
        cache().registerCacheEntryListener(configuration);
    }

    @Override
    public void deregisterCacheEntryListener(CacheEntryListenerConfiguration<K, V> configuration) {
        cache().deregisterCacheEntryListener(configuration);
    }

    @Override
    public Iterator<Entry<K, V>> iterator() {
        return cache().iterator();
    }

    @Override
    public void put(K key, V value, EntryOptions options) {
        cache().put(key, value, options);
    }

    @Override
    public @Nullable V getOrLoad(K key, ContextLoad<? extends V> load) throws Exception {
        return cache().getOrLoad(key, load);
    }

    @Override
    public @Nullable V reload(K key, ContextLoad<? extends V> load) throws Exception {
        return cache().reload(key, load);
    }

    @Override
    public CompletionStage<@Nullable V> getOrLoadAsync(K key, AsyncContextLoad<? extends V> load) {
        return cache().getOrLoadAsync(key, load);
    }

    @Override
    public AsyncNearfarCache<K, V> async() {
        return cache().async();
    }

    @Override
    public CompletionStage<@Nullable V> reloadAsync(K key, AsyncContextLoad<? extends V> load) {
        return cache().reloadAsync(key, load);
    }

    @Override
    public boolean expire(K key) {
        return cache().expire(key);
    }

    @Override
    public void invalidateTags(Collection<String> tags) {
        cache().invalidateTags(tags);
    }

    @Override
    public long invalidatePattern(String pattern) {
        return cache().invalidatePattern(pattern);
    }

    @Override
    public long invalidatePrefix(String prefix) {
        return cache().invalidatePrefix(prefix);
    }

    @Override
    public PatternInvalidation startInvalidatingPattern(String pattern, InvalidationPace pace) {
        return cache().startInvalidatingPattern(pattern, pace);
    }

    @Override
    public PatternInvalidation startInvalidatingPrefix(String prefix, InvalidationPace pace) {
        return cache().startInvalidatingPrefix(prefix, pace);
    }

    @Override
    public void expireTags(Collection<String> tags) {
        cache().expireTags(tags);
    }

    @Override
    public long expirePattern(String pattern) {
        return cache().expirePattern(pattern);
    }

    @Override
    public long expirePrefix(String prefix) {
        return cache().expirePrefix(prefix);
    }

    @Override
    public PatternInvalidation startExpiringPattern(String pattern, InvalidationPace pace) {
        return cache().startExpiringPattern(pattern, pace);
    }

    @Override
    public PatternInvalidation startExpiringPrefix(String prefix, InvalidationPace pace) {
        return cache().startExpiringPrefix(prefix, pace);
    }

    @Override
    public EntryExplanation explain(K key) {
        return cache().explain(key);
    }

    @Override
    public CacheFigures figures() {
        return cache().figures();
    }

    @Override
    public EffectiveSettings settings() {
        return cache().settings();
    }

    @Override
    public @Nullable Duration sinceVerified() {
        return cache().sinceVerified();
    }

    @Override
    public NearfarCache<K, V> version(int version) {
        NearfarCache<K, V> cache = cache();
        NearfarCache<K, V> there = cache.version(version); // refuses at once what cannot be
        return there == cache
                ? this
                : views.computeIfAbsent(version, number -> new LiveCache<>(() -> cache().version(number)));
    }

    @Override
    public int version() {
        return cache().version();
    }

    @Override
    public void addObserver(CacheObserver observer) {
        cache().addObserver(observer);
    }

    @Override
    public void removeObserver(CacheObserver observer) {
        cache().removeObserver(observer);
    }
}
