package io.nearfar;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.jspecify.annotations.Nullable;

/**
 * A configuration in code that also says what JSR-107 has no word for: the settings of one cache, each under the name that the
 * reference page gives it.
 *
 * <pre>{@code
 * manager.createCache("prices", new NearfarConfiguration<String, Price>()
 *         .setTypes(String.class, Price.class)
 *         .setTimeToLive(Duration.ofMinutes(10))
 *         .setTimeToLiveJitter(10)
 *         .setNearMaximumEntries(50_000));
 * }</pre>
 *
 * <p>What settings outside of the code say of the cache, by its name or by a pattern, goes first, setting by setting; then comes
 * what stands here, then the template named here, then what is set for all caches ({@code nearfar.max-stale}), then the
 * defaults. A time-to-live and rules for it take the place of the expiry policy.
 *
 * <p>The setters take any value; all of them are checked together when the cache is created, by what also reads the settings, and
 * {@code createCache} throws a {@link javax.cache.CacheException} that names the setter, the value and what is allowed. A
 * setter that is called again replaces what it said before. The cache keeps a copy, of which
 * {@code cache.getConfiguration(NearfarConfiguration.class)} returns another. Not safe for use by several threads.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public class NearfarConfiguration<K, V> extends MutableConfiguration<K, V> {
    private static final long serialVersionUID = 1L;

    private final TreeMap<String, String> settings = new TreeMap<>();

    /** Creates a configuration as {@link MutableConfiguration} has it, which sets nothing beyond. */
    public NearfarConfiguration() {}

    /** Creates a copy; of another {@code NearfarConfiguration} with the settings that stand there. */
    public NearfarConfiguration(CompleteConfiguration<K, V> original) {
        super(original);
        settings.putAll(settings(original));
    }

    private static Map<String, String> settings(Object configuration) {
        return configuration instanceof NearfarConfiguration<?, ?> ours ? ours.settings : Map.of();
    }

    /**
     * Returns what was set, as the settings would be written: {@code near.ttl} with {@code PT30S}, say.
     *
     * @return an unmodifiable view by the names of the settings, in the order of these
     */
    public Map<String, String> settings() {
        return Collections.unmodifiableMap(settings);
    }

    private NearfarConfiguration<K, V> set(String setting, Object value) {
        Objects.requireNonNull(
                value,
                () -> "The value of the setting " + setting
                        + " is null; leave the call out, so that the settings outside of the code or the defaults decide");
        settings.put(setting, value.toString());
        return this;
    }

    /** Sets {@code mode}: {@code near}, {@code tiered} or {@code far}. The last two need the address of a server. */
    public NearfarConfiguration<K, V> setMode(String mode) {
        return set("mode", mode);
    }

    /**
     * Sets {@code ttl}: how long an entry lives after a write, in place of what the expiry policy says.
     *
     * @param timeToLive a millisecond or more; null if the expiry policy decides, also where the template says otherwise
     */
    public NearfarConfiguration<K, V> setTimeToLive(@Nullable Duration timeToLive) {
        return set("ttl", timeToLive == null ? "none" : timeToLive);
    }

    /** Sets {@code ttl.rules}: how long entries live by their keys, such as {@code *:24h 5m, *:1y daily}. */
    public NearfarConfiguration<K, V> setTimeToLiveRules(String rules) {
        return set("ttl.rules", rules);
    }

    /** Sets {@code ttl.jitter}: how much of an entry's life chance may take away, 0 to 90 percent. */
    public NearfarConfiguration<K, V> setTimeToLiveJitter(int percent) {
        return set("ttl.jitter", percent + "%");
    }

    /**
     * Sets {@code ttl.negative}: how long it is remembered, on all nodes, that a load has found nothing.
     *
     * @param timeToLive a millisecond or more; null if it is not remembered
     */
    public NearfarConfiguration<K, V> setTimeToLiveNegative(@Nullable Duration timeToLive) {
        return set("ttl.negative", timeToLive == null ? "none" : timeToLive);
    }

    /** Sets {@code refresh-ahead}: in which last part of its life a read has an entry loaded again, 0 to 99 percent. */
    public NearfarConfiguration<K, V> setRefreshAhead(int percent) {
        return set("refresh-ahead", percent + "%");
    }

    /**
     * Sets {@code grace}: how long an entry is kept after its end, to answer in place of a load that fails.
     *
     * @param grace zero or more
     */
    public NearfarConfiguration<K, V> setGrace(Duration grace) {
        return set("grace", grace);
    }

    /**
     * Sets {@code fail-safe.throttle}: how long no node loads a key again whose load has failed, while an entry in its grace
     * answers.
     *
     * @param throttle zero or more; with zero each read loads
     */
    public NearfarConfiguration<K, V> setFailSafeThrottle(Duration throttle) {
        return set("fail-safe.throttle", throttle);
    }

    /**
     * Sets {@code stale-while-revalidate}: for how long after its end an entry answers at once, while its key is loaded.
     *
     * @param time zero or more; with zero it never does
     */
    public NearfarConfiguration<K, V> setStaleWhileRevalidate(Duration time) {
        return set("stale-while-revalidate", time);
    }

    /**
     * Sets {@code load.soft-timeout}: after how long an entry in its grace answers a caller that waits for a load.
     *
     * @param timeout zero or more; with zero it never does
     */
    public NearfarConfiguration<K, V> setLoadSoftTimeout(Duration timeout) {
        return set("load.soft-timeout", timeout);
    }

    /**
     * Sets {@code load.hard-timeout}: how long a caller waits for a load at most.
     *
     * @param timeout zero or more; with zero there is no end
     */
    public NearfarConfiguration<K, V> setLoadHardTimeout(Duration timeout) {
        return set("load.hard-timeout", timeout);
    }

    /**
     * Sets {@code load.limit}: how many loads of the cache there may be in a window, over all nodes.
     *
     * @param loads at least one
     */
    public NearfarConfiguration<K, V> setLoadLimit(long loads) {
        return set("load.limit", loads);
    }

    /** Sets {@code load.limit.window}: how long the window of {@code load.limit} is, a millisecond to 366 days. */
    public NearfarConfiguration<K, V> setLoadLimitWindow(Duration window) {
        return set("load.limit.window", window);
    }

    /** Sets {@code template}: the template that gives what is not set here. It must be set outside of the code. */
    public NearfarConfiguration<K, V> setTemplate(String name) {
        return set("template", name);
    }

    /** Sets {@code version}: which version of the cache's entries is used, 0 or above. */
    public NearfarConfiguration<K, V> setVersion(int version) {
        return set("version", version);
    }

    /** Sets {@code near.maximum-entries}: most entries in the near tier of a node, 1 or more. */
    public NearfarConfiguration<K, V> setNearMaximumEntries(long entries) {
        return set("near.maximum-entries", entries);
    }

    /** Sets {@code near.maximum-weight}: most bytes in the near tier, by estimate, in place of a number of entries. */
    public NearfarConfiguration<K, V> setNearMaximumWeight(long bytes) {
        return set("near.maximum-weight", bytes);
    }

    /** Sets {@code near.ttl}: longest stay in a near tier over a far one, a millisecond or more. */
    public NearfarConfiguration<K, V> setNearTimeToLive(Duration longest) {
        return set("near.ttl", longest);
    }

    /** Sets {@code outage}: what operations answer while the far tier does not, {@code open} or {@code closed}. */
    public NearfarConfiguration<K, V> setOutage(String policy) {
        return set("outage", policy);
    }

    /** Sets {@code max-stale}: oldest answer that the near tier may give in an outage; zero for none. */
    public NearfarConfiguration<K, V> setMaxStale(Duration oldest) {
        return set("max-stale", oldest);
    }

    /** Sets {@code deadline}: how long a far operation may take, a millisecond or more. */
    public NearfarConfiguration<K, V> setDeadline(Duration deadline) {
        return set("deadline", deadline);
    }

    /**
     * Sets {@code namespaces}: beginnings of keys, as a person reads them, that {@link NearfarCache#invalidatePrefix} and {@link
     * NearfarCache#expirePrefix} end as one, at the cost of a tag. The same on all nodes.
     *
     * @param prefixes 16 at most, each of 1 to 199 bytes of UTF-8, without commas, and without blanks at its ends
     * @throws NullPointerException if it, or one of them, is null
     */
    public NearfarConfiguration<K, V> setNamespaces(String... prefixes) {
        Objects.requireNonNull(prefixes, "The namespaces of keys are null; leave the call out for none");
        Arrays.asList(prefixes).forEach(prefix -> Objects.requireNonNull(prefix, "A namespace is null; leave it out"));
        return set("namespaces", String.join(", ", prefixes));
    }

    /**
     * Sets {@code codec.allow}: classes, packages as {@code com.acme.*}, and presets as {@code @hibernate}, that may be
     * decoded besides others.
     */
    public NearfarConfiguration<K, V> setCodecAllow(Collection<String> names) {
        Objects.requireNonNull(
                names, "The classes that may be decoded are null; leave the call out for no more than are");
        return set("codec.allow", String.join(", ", names));
    }

    /** Like {@link #setCodecAllow(Collection)}. */
    public NearfarConfiguration<K, V> setCodecAllow(String... names) {
        return setCodecAllow(Arrays.asList(names));
    }

    /** Sets {@code compression}: {@code none}, {@code deflate}, {@code lz4} or {@code zstd}. */
    public NearfarConfiguration<K, V> setCompression(String method) {
        return set("compression", method);
    }

    /** Sets {@code outage.atomic}: what conditional operations do in an outage, {@code refuse} or {@code local}. */
    public NearfarConfiguration<K, V> setOutageAtomic(String policy) {
        return set("outage.atomic", policy);
    }

    /** Sets {@code outage.dirty-maximum}: most keys whose changes a node remembers in an outage, 1 or more. */
    public NearfarConfiguration<K, V> setOutageDirtyMaximum(long keys) {
        return set("outage.dirty-maximum", keys);
    }

    /** Sets {@code outage.dirty-maximum-weight}: most bytes of the values among them, by estimate. */
    public NearfarConfiguration<K, V> setOutageDirtyMaximumWeight(long bytes) {
        return set("outage.dirty-maximum-weight", bytes);
    }

    /** Sets {@code outage.recovery}: what becomes of far entries after an outage, {@code keep} or {@code clear}. */
    public NearfarConfiguration<K, V> setOutageRecovery(String recovery) {
        return set("outage.recovery", recovery);
    }

    /** Sets {@code outage.fallback}: whether entries live in the fallback store during an outage, if there is one. */
    public NearfarConfiguration<K, V> setOutageFallback(boolean used) {
        return set("outage.fallback", used);
    }

    /** Sets {@code value-limit}: largest encoded value that is put, in bytes. */
    public NearfarConfiguration<K, V> setValueLimit(long bytes) {
        return set("value-limit", bytes);
    }

    /** Sets {@code compression.threshold}: smallest encoded value that is compressed, in bytes. */
    public NearfarConfiguration<K, V> setCompressionThreshold(long bytes) {
        return set("compression.threshold", bytes);
    }

    /** Sets {@code load-lease}: how long others wait for a loader that gives no sign of life. */
    public NearfarConfiguration<K, V> setLoadLease(Duration lease) {
        return set("load-lease", lease);
    }

    /** Sets {@code codec}: {@code java}, {@code json}, or a codec of the application by its name. */
    public NearfarConfiguration<K, V> setCodec(String name) {
        return set("codec", name);
    }

    /** Sets {@code codec.trust}: which classes may be decoded, {@code declared}, {@code learned} or {@code all}. */
    public NearfarConfiguration<K, V> setCodecTrust(String policy) {
        return set("codec.trust", policy);
    }

    /** Sets {@code keys.strict}: {@code true}, {@code false}, or a class of characters such as {@code [A-Za-z0-9:]}. */
    public NearfarConfiguration<K, V> setKeysStrict(String rule) {
        return set("keys.strict", rule);
    }

    /** Sets {@code listeners}: whether listeners hear of changes by {@code all} nodes, or of {@code local} ones alone. */
    public NearfarConfiguration<K, V> setListeners(String scope) {
        return set("listeners", scope);
    }

    /** Sets {@code patterns.page-size}: how many keys are looked at in one step for a pattern, 1 to 10,000. */
    public NearfarConfiguration<K, V> setPatternsPageSize(int keys) {
        return set("patterns.page-size", keys);
    }

    /**
     * Sets {@code patterns.keys-per-second}: how many keys are looked at in a second at most for patterns.
     *
     * @param keys 1 or more; null for no limit
     */
    public NearfarConfiguration<K, V> setPatternsKeysPerSecond(@Nullable Long keys) {
        return set("patterns.keys-per-second", keys == null ? "none" : keys);
    }

    // ---- those of JSR-107, for who goes on with one of the above

    @Override
    public NearfarConfiguration<K, V> setTypes(Class<K> keyType, Class<V> valueType) {
        super.setTypes(keyType, valueType);
        return this;
    }

    @Override
    public NearfarConfiguration<K, V> setStoreByValue(boolean isStoreByValue) {
        super.setStoreByValue(isStoreByValue);
        return this;
    }

    @Override
    public NearfarConfiguration<K, V> setExpiryPolicyFactory(Factory<? extends ExpiryPolicy> factory) {
        super.setExpiryPolicyFactory(factory);
        return this;
    }

    @Override
    public NearfarConfiguration<K, V> setCacheLoaderFactory(Factory<? extends CacheLoader<K, V>> factory) {
        super.setCacheLoaderFactory(factory);
        return this;
    }

    @Override
    public NearfarConfiguration<K, V> setCacheWriterFactory(
            Factory<? extends CacheWriter<? super K, ? super V>> factory) {
        super.setCacheWriterFactory(factory);
        return this;
    }

    @Override
    public NearfarConfiguration<K, V> setReadThrough(boolean isReadThrough) {
        super.setReadThrough(isReadThrough);
        return this;
    }

    @Override
    public NearfarConfiguration<K, V> setWriteThrough(boolean isWriteThrough) {
        super.setWriteThrough(isWriteThrough);
        return this;
    }

    @Override
    public NearfarConfiguration<K, V> setStatisticsEnabled(boolean enabled) {
        super.setStatisticsEnabled(enabled);
        return this;
    }

    @Override
    public NearfarConfiguration<K, V> setManagementEnabled(boolean enabled) {
        super.setManagementEnabled(enabled);
        return this;
    }

    @Override
    public NearfarConfiguration<K, V> addCacheEntryListenerConfiguration(
            CacheEntryListenerConfiguration<K, V> listener) {
        super.addCacheEntryListenerConfiguration(listener);
        return this;
    }

    @Override
    public NearfarConfiguration<K, V> removeCacheEntryListenerConfiguration(
            CacheEntryListenerConfiguration<K, V> listener) {
        super.removeCacheEntryListenerConfiguration(listener);
        return this;
    }

    /**
     * Tells whether the other is a configuration with the same in it. A {@link MutableConfiguration} sets nothing beyond the
     * standard; asked itself, it looks at what it knows and finds settings no difference.
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other != null && super.equals(other) && settings.equals(settings(other));
    }

    @Override
    public int hashCode() {
        return super.hashCode() + 31 * settings.hashCode();
    }

    @Override
    public String toString() {
        return "NearfarConfiguration[" + getKeyType().getName() + " to "
                + getValueType().getName() + ", " + settings + "]";
    }
}
