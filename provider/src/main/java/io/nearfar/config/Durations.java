package io.nearfar.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads lengths of time as people write them: {@code 250ms}, {@code 1h30m}, {@code PT5M}, {@code 0}. */
final class Durations {
    /** The longest length that is accepted: a hundred years. */
    static final Duration LONGEST = Duration.ofDays(36_500);

    private static final Pattern PEOPLE =
            Pattern.compile("(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");

    private Durations() {}

    /** Returns the length that {@code text} names, from 0 to {@link #LONGEST}, or null if it names none. */
    static @Nullable Duration parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        Duration length = lower.startsWith("p") ? ofIso(text) : ofPeople(lower);
        return length == null || length.isNegative() || length.compareTo(LONGEST) > 0 ? null : length;
    }

    /** Returns a length as {@link #parse} reads it, in as few parts as it takes, fractions of a millisecond left out. */
    static String written(Duration length) {
        StringBuilder text = new StringBuilder();
        append(text, length.toDaysPart(), "d");
        append(text, length.toHoursPart(), "h");
        append(text, length.toMinutesPart(), "m");
        append(text, length.toSecondsPart(), "s");
        append(text, length.toMillisPart(), "ms");
        return text.isEmpty() ? "0" : text.toString();
    }

    private static void append(StringBuilder text, long number, String unit) {
        if (number != 0) {
            text.append(number).append(unit);
        }
    }

    private static @Nullable Duration ofIso(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException notIso) {
            return null;
        }
    }

    private static @Nullable Duration ofPeople(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        Matcher parts = PEOPLE.matcher(text);
        return text.isEmpty() || !parts.matches() ? null : sum(parts);
    }

    private static Duration sum(Matcher parts) {
        return Duration.ofDays(number(parts.group(1)))
                .plusHours(number(parts.group(2)))
                .plusMinutes(number(parts.group(3)))
                .plusSeconds(number(parts.group(4)))
                .plusMillis(number(parts.group(5)));
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
