package io.nearfar.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lengths of time that have a name. */
final class Lengths {
    private static final Map<String, Duration> NAMED = named();

    private Lengths() {}

    private static Map<String, Duration> named() {
        Map<String, Duration> named = new LinkedHashMap<>();
        named.put("short", Duration.ofMinutes(5));
        named.put("medium", Duration.ofMinutes(15));
        named.put("long", Duration.ofHours(1));
        named.put("daily", Duration.ofDays(1));
        return named;
    }

    /** Returns the names, for the text of a refusal. */
    static String names() {
        return String.join(", ", NAMED.keySet());
    }

    /** Returns the length of that name, or the one that the text writes out; null if it is neither. */
    static @Nullable Duration parse(String text) {
        Duration named = NAMED.get(text.toLowerCase(Locale.ROOT));
        return named == null ? Durations.parse(text) : named;
    }
}
