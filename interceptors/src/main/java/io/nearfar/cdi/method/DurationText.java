package io.nearfar.cdi.method;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads lengths of time as people write them, like the settings of the caches: {@code 60s}, {@code 1h30m}, {@code PT1M}. */
public final class DurationText {
    private static final Pattern PEOPLE =
            Pattern.compile("(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");

    private DurationText() {}

    /**
     * Returns the length that {@code text} names.
     *
     * @throws IllegalArgumentException if it names none; the message ends with the cure
     */
    public static Duration parse(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        Matcher parts = PEOPLE.matcher(lower);
        if (lower.startsWith("p")) {
            return ofIso(text);
        } else if (lower.isEmpty() || !parts.matches()) {
            throw notOne(text);
        }
        return Duration.ofDays(number(parts.group(1)))
                .plusHours(number(parts.group(2)))
                .plusMinutes(number(parts.group(3)))
                .plusSeconds(number(parts.group(4)))
                .plusMillis(number(parts.group(5)));
    }

    private static Duration ofIso(String text) {
        try {
            return Duration.parse(text.strip());
        } catch (DateTimeException e) {
            throw notOne(text);
        }
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static IllegalArgumentException notOne(String text) {
        return new IllegalArgumentException(
                "\"" + text + "\" is no length of time. Write one such as 500ms, 60s, 1h30m or PT1M");
    }
}
