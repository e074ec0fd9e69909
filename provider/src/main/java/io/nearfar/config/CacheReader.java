package io.nearfar.config;

import io.nearfar.InvalidationPace;
import io.nearfar.Limit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Works out the effective settings of one cache. */
final class CacheReader {
    private final Sheet sheet;
    private final Mode mode;

    /**
     * Creates one.
     *
     * @param sheet all that was set
     * @param mode the mode of the manager; if it is near, so are all caches
     */
    CacheReader(Sheet sheet, Mode mode) {
        this.sheet = sheet;
        this.mode = mode;
    }

    /** Returns the settings of the cache of that name; what fights in them goes to {@code mistakes}. */
    ConfiguredCache read(String name, boolean declaredInCode, Mistakes mistakes) {
        return read(name, declaredInCode, new Section(), mistakes);
    }

    /**
     * Returns the settings of a cache whose configuration in code sets some itself, by their names; what is wrong with these
     * goes to {@code mistakes} too.
     */
    ConfiguredCache read(String name, Map<String, String> inCode, Mistakes mistakes) {
        return read(name, true, new CodeReader(sheet, mode, mistakes).read(name, inCode), mistakes);
    }

    private ConfiguredCache read(String name, boolean declaredInCode, Section inCode, Mistakes mistakes) {
        Layers layers = Layers.of(sheet, name, declaredInCode, inCode);
        CacheSettings settings = settings(name, layers, mistakes);
        leaseOutlivesDeadline(settings, layers, mistakes);
        softTimeoutComesFirst(settings.loading().failSafe(), layers, mistakes);
        return new ConfiguredCache(settings, ShownSettings.of(settings, layers));
    }

    private CacheSettings settings(String name, Layers layers, Mistakes mistakes) {
        return new CacheSettings(
                name,
                mode(layers),
                timeToLive(layers),
                layers.valueOrDefault(CacheTable.NEAR_MAXIMUM_ENTRIES),
                layers.valueUnlessReplaced(CacheTable.NEAR_MAXIMUM_WEIGHT, CacheTable.NEAR_MAXIMUM_ENTRIES),
                layers.valueOrDefault(CacheTable.NEAR_TTL),
                layers.valueOrDefault(CacheTable.MAX_STALE),
                layers.valueOrDefault(CacheTable.OUTAGE),
                layers.valueOrDefault(CacheTable.OUTAGE_ATOMIC),
                layers.valueOrDefault(CacheTable.DEADLINE),
                layers.valueOrDefault(CacheTable.VALUE_LIMIT),
                layers.valueOrDefault(CacheTable.CODEC),
                layers.valueOrDefault(CacheTable.CODEC_TRUST),
                allowed(layers),
                layers.valueOrDefault(CacheTable.LOAD_LEASE),
                dirty(layers),
                compression(layers),
                layers.valueOrDefault(CacheTable.VERSION),
                rules(layers),
                loading(name, layers, mistakes),
                layers.valueOrDefault(CacheTable.KEYS_STRICT),
                Objects.requireNonNullElse(layers.value(CacheTable.NAMESPACES), Namespaces.NONE),
                layers.valueOrDefault(CacheTable.LISTENERS),
                patternPace(layers));
    }

    private static InvalidationPace patternPace(Layers layers) {
        return new InvalidationPace(
                layers.valueOrDefault(CacheTable.PATTERNS_PAGE_SIZE),
                layers.valueOrDefault(CacheTable.PATTERNS_KEYS_PER_SECOND).orElse(Long.MAX_VALUE));
    }

    private static DirtySettings dirty(Layers layers) {
        return new DirtySettings(
                layers.valueOrDefault(CacheTable.OUTAGE_DIRTY_MAXIMUM),
                layers.valueOrDefault(CacheTable.OUTAGE_DIRTY_MAXIMUM_WEIGHT),
                layers.valueOrDefault(CacheTable.OUTAGE_RECOVERY),
                layers.valueOrDefault(CacheTable.OUTAGE_FALLBACK));
    }

    private static CompressionSettings compression(Layers layers) {
        return new CompressionSettings(
                layers.valueOrDefault(CacheTable.COMPRESSION), layers.valueOrDefault(CacheTable.COMPRESSION_THRESHOLD));
    }

    private static LoadSettings loading(String name, Layers layers, Mistakes mistakes) {
        return new LoadSettings(
                layers.valueOrDefault(CacheTable.TTL_JITTER),
                layers.valueOrDefault(CacheTable.TTL_NEGATIVE).orElse(null),
                layers.valueOrDefault(CacheTable.REFRESH_AHEAD),
                new FailSafeSettings(
                        layers.valueOrDefault(CacheTable.GRACE),
                        layers.valueOrDefault(CacheTable.FAIL_SAFE_THROTTLE),
                        layers.valueOrDefault(CacheTable.LOAD_SOFT_TIMEOUT),
                        layers.valueOrDefault(CacheTable.LOAD_HARD_TIMEOUT),
                        layers.valueOrDefault(CacheTable.STALE_WHILE_REVALIDATE)),
                loadLimit(name, layers, mistakes));
    }

    private static @Nullable Limit loadLimit(String name, Layers layers, Mistakes mistakes) {
        Optional<Long> loads = layers.valueOrDefault(CacheTable.LOAD_LIMIT);
        if (loads.isEmpty()) {
            return null;
        }
        try {
            return new Limit(
                    "cache." + name + ".load", loads.get(), layers.valueOrDefault(CacheTable.LOAD_LIMIT_WINDOW));
        } catch (IllegalArgumentException e) {
            Given window = layers.given(CacheTable.LOAD_LIMIT_WINDOW);
            Given culprit = window == null ? layers.given(CacheTable.LOAD_LIMIT) : window;
            mistakes.add(Objects.requireNonNull(culprit, "a limit without a setting"), e.getMessage() + ".");
            return null;
        }
    }

    private Mode mode(Layers layers) {
        Mode own = layers.value(CacheTable.MODE);
        return mode == Mode.NEAR || own == null ? mode : own;
    }

    private static @Nullable Duration timeToLive(Layers layers) {
        Optional<Duration> set = layers.value(CacheTable.TTL);
        if (set != null) {
            return set.orElse(null);
        }
        return layers.hasDefaultTemplate() ? CacheTable.DEFAULT_TEMPLATE_TTL : null;
    }

    /** A time-to-live that is set closer to the cache than the rules leaves them without effect. */
    private static TimeToLiveRules rules(Layers layers) {
        TimeToLiveRules rules = layers.valueUnlessCloser(CacheTable.TTL_RULES, CacheTable.TTL);
        return rules == null ? TimeToLiveRules.NONE : rules;
    }

    private static List<String> allowed(Layers layers) {
        return layers.values(CacheTable.CODEC_ALLOW).stream()
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    private static void softTimeoutComesFirst(FailSafeSettings settings, Layers layers, Mistakes mistakes) {
        Given soft = layers.given(CacheTable.LOAD_SOFT_TIMEOUT);
        boolean both = settings.softMillis() > 0 && settings.hardMillis() > 0;
        if (soft != null && both && settings.softTimeout().compareTo(settings.hardTimeout()) >= 0) {
            mistakes.add(
                    soft,
                    "the soft timeout (" + Durations.written(settings.softTimeout())
                            + ") must be shorter than the hard one ("
                            + Durations.written(settings.hardTimeout())
                            + "), or it is without effect. Lower load.soft-timeout or raise load.hard-timeout.");
        }
    }

    private static void leaseOutlivesDeadline(CacheSettings settings, Layers layers, Mistakes mistakes) {
        Given lease = layers.given(CacheTable.LOAD_LEASE);
        Given culprit = lease == null ? layers.given(CacheTable.DEADLINE) : lease;
        if (culprit != null && settings.loadLease().compareTo(settings.deadline()) <= 0) {
            mistakes.add(
                    culprit,
                    "the load lease (" + Durations.written(settings.loadLease())
                            + ") must be longer than the deadline ("
                            + Durations.written(settings.deadline())
                            + "), or it ends while it is being renewed. Raise load-lease or lower deadline.");
        }
    }
}
