package io.nearfar.config;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads amounts of bytes as people write them: {@code 8MB} (millions), {@code 512KiB} (powers of 1024), {@code 4096}. */
final class Sizes {
    private static final Pattern PEOPLE = Pattern.compile("(\\d{1,12}) ?([a-z]*)");

    private static final Map<String, Long> UNITS = Map.of(
            "", 1L,
            "b", 1L,
            "kb", 1_000L,
            "kib", 1L << 10,
            "mb", 1_000_000L,
            "mib", 1L << 20,
            "gb", 1_000_000_000L,
            "gib", 1L << 30);

    private Sizes() {}

    /** Returns the bytes that {@code text} names, or null if it names none or more than a long can hold. */
    static @Nullable Long parse(String text) {
        Matcher parts = PEOPLE.matcher(text.toLowerCase(Locale.ROOT));
        return parts.matches() ? product(Long.parseLong(parts.group(1)), UNITS.get(parts.group(2))) : null;
    }

    private static @Nullable Long product(long number, @Nullable Long unit) {
        return unit == null || number > Long.MAX_VALUE / unit ? null : (Long) (number * unit);
    }
}
