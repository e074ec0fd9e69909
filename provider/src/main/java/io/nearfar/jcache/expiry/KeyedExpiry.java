package io.nearfar.jcache.expiry;

import io.nearfar.config.TimeToLiveRules;
import io.nearfar.entry.Value;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How long an entry lives by what its key looks like as text, and otherwise as the cache has it. */
public final class KeyedExpiry<K> {
    private final Expiry otherwise;
    private final TimeToLiveRules rules;
    private final List<Map.Entry<Predicate<String>, Expiry>> expiries;
    private final Function<K, @Nullable String> texts;

    /**
     * Creates it.
     *
     * @param otherwise holds for keys that no rule matches
     * @param texts gives the text of a key, or null if it has none; asked only if there are rules
     * @param jitter what chance takes away from all of them
     */
    public KeyedExpiry(Expiry otherwise, TimeToLiveRules rules, Function<K, @Nullable String> texts, Jitter jitter) {
        this.otherwise = jitter.in(otherwise);
        this.rules = rules;
        this.expiries = rules.rules().stream()
                .map(rule -> Map.entry(rule.matcher(), jitter.in(Expiries.afterWrite(rule.timeToLive()))))
                .toList();
        this.texts = texts;
    }

    /** Returns what holds for a key with a value. */
    public Expiry of(K key, Value<?> value) {
        Expiry rule = expiries.isEmpty() ? otherwise : byText(texts.apply(key));
        return rule.of(key, value);
    }

    private Expiry byText(@Nullable String text) {
        if (text == null) {
            return otherwise;
        }
        for (Map.Entry<Predicate<String>, Expiry> each : expiries) {
            if (each.getKey().test(text)) {
                return each.getValue();
            }
        }
        return otherwise;
    }

    /** Tells whether no policy must be asked for any write. */
    public boolean isFixed() {
        return otherwise.fixed() != null;
    }

    /** Tells whether an access to any entry can change anything. */
    public boolean mindsAccess() {
        return otherwise.mindsAccess();
    }

    /** Returns the rules in words; two nodes with equal words treat entries alike. */
    public String describe() {
        return rules.isEmpty() ? otherwise.describe() : rules + ", else " + otherwise.describe();
    }
}
