package io.nearfar.jcache;

import io.nearfar.config.CacheSettings;
import io.nearfar.tier.Terms;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.cache.configuration.CompleteConfiguration;

/** Words what the nodes that share a cache's entries should have alike. */
final class SharedTerms {
    private SharedTerms() {}

    /** Returns the terms of a cache; a type that is not declared is not one of them. */
    static Terms of(CompleteConfiguration<?, ?> configuration, Opened<?, ?> opened, String expiry) {
        CacheSettings settings = opened.settings();
        Map<String, String> terms = new LinkedHashMap<>();
        declare(terms, "key type", configuration.getKeyType());
        declare(terms, "value type", configuration.getValueType());
        terms.put("expiry", expiry);
        terms.put("codec", settings.codec());
        terms.put("value-limit", settings.valueLimit() + " bytes");
        terms.put("outage.recovery", settings.dirty().recovery().name().toLowerCase(Locale.ROOT));
        terms.put(
                "namespaces",
                settings.namespaces().isNone()
                        ? "none"
                        : settings.namespaces().prefixes().stream().sorted().collect(Collectors.joining(", ")));
        terms.put("fallback store", opened.fallback() == null ? "none" : "table " + opened.fallback());
        return new Terms(terms);
    }

    private static void declare(Map<String, String> terms, String name, Class<?> type) {
        if (type != Object.class) {
            terms.put(name, type.getName());
        }
    }
}
