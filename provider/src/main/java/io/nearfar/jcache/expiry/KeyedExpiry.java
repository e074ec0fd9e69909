package io.nearfar.jcache.expiry;

import io.nearfar.config.CacheSettings;
import io.nearfar.config.TimeToLiveRules;
import io.nearfar.entry.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How long an entry lives: by what its key looks like as text, else by the time-to-live that is set, else as the expiry policy of
 * the cache has it. What is set may change while the cache is open.
 */
public final class KeyedExpiry<K> {
    private final Supplier<CacheSettings> settings;
    private final @Nullable Expiry policy;
    private final Function<K, @Nullable String> texts;
    private final Jitter jitter;
    private final boolean mindsAccess;
    private volatile Lives lives;

    /** What the settings come to. */
    private record Lives(
            CacheSettings settings,
            @Nullable Duration timeToLive,
            TimeToLiveRules rules,
            Expiry otherwise,
            List<Map.Entry<Predicate<String>, Expiry>> byKey) {

        /** Tells whether other settings come to the same. */
        boolean are(CacheSettings others) {
            return Objects.equals(timeToLive, others.timeToLive()) && rules.equals(others.timeToLiveRules());
        }

        Lives by(CacheSettings others) {
            return new Lives(others, timeToLive, rules, otherwise, byKey);
        }
    }

    /**
     * Creates it.
     *
     * @param settings gives those that hold; the same object until they are read again
     * @param policy holds where no time-to-live is set; null if the cache was opened with one and always has one
     * @param texts gives the text of a key, or null if it has none; asked only if there are rules
     */
    public KeyedExpiry(Supplier<CacheSettings> settings, @Nullable Expiry policy, Function<K, @Nullable String> texts) {
        this.settings = settings;
        this.policy = policy;
        this.texts = texts;
        CacheSettings first = settings.get();
        this.jitter = Jitter.upTo(first.loading().jitter());
        this.lives = read(first);
        this.mindsAccess = lives.otherwise.mindsAccess();
    }

    private Lives read(CacheSettings now) {
        TimeToLiveRules rules = now.timeToLiveRules();
        Duration timeToLive = now.timeToLive();
        Expiry plain = timeToLive == null
                ? Objects.requireNonNull(policy, "a cache with neither policy nor time-to-live")
                : Expiries.afterWrite(timeToLive);
        List<Map.Entry<Predicate<String>, Expiry>> byKey = rules.rules().stream()
                .map(rule -> Map.entry(rule.matcher(), jitter.in(Expiries.afterWrite(rule.timeToLive()))))
                .toList();
        return new Lives(now, timeToLive, rules, jitter.in(plain), byKey);
    }

    @SuppressWarnings("ReferenceEquality") // the same object says that nothing was read again
    private Lives lives() {
        CacheSettings now = settings.get();
        Lives known = lives;
        if (known.settings == now) {
            return known;
        }
        Lives changed = known.are(now) ? known.by(now) : read(now);
        lives = changed;
        return changed;
    }

    /** Returns what holds for a key with a value. */
    public Expiry of(K key, Value<?> value) {
        Lives now = lives();
        Expiry rule = now.byKey.isEmpty() ? now.otherwise : byText(now, texts.apply(key));
        return rule.of(key, value);
    }

    private static Expiry byText(Lives now, @Nullable String text) {
        if (text == null) {
            return now.otherwise;
        }
        for (Map.Entry<Predicate<String>, Expiry> each : now.byKey) {
            if (each.getKey().test(text)) {
                return each.getValue();
            }
        }
        return now.otherwise;
    }

    /** Tells whether an access to any entry can change anything, as it was when the cache was opened. */
    public boolean mindsAccess() {
        return mindsAccess;
    }

    /** Returns the rules in words; two nodes with equal words treat entries alike. */
    public String describe() {
        Lives now = lives();
        return now.rules.isEmpty() ? now.otherwise.describe() : now.rules + ", else " + now.otherwise.describe();
    }
}
