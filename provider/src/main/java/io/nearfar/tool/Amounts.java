package io.nearfar.tool;

import java.time.Duration;
import java.util.Locale;

/** Amounts as people read them. */
final class Amounts {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    private static final int THOUSAND = 1_000;

    private Amounts() {}

    /** Returns a number with commas. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Returns bytes in the unit that suits them. */
    static String bytes(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= THOUSAND - 0.5 && unit < UNITS.length - 1) {
            amount /= THOUSAND;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 || amount >= 99.95 ? "%.0f %s" : "%.1f %s", amount, UNITS[unit]);
    }

    /** Returns a length of time in the two largest units that it has. */
    static String time(Duration length) {
        long[] parts = {
            length.toDaysPart(),
            length.toHoursPart(),
            length.toMinutesPart(),
            length.toSecondsPart(),
            length.toMillisPart()
        };
        String[] units = {"d", "h", "m", "s", "ms"};
        int first = 0;
        while (first < parts.length - 1 && parts[first] == 0) {
            first++;
        }
        String second = first + 1 < parts.length && parts[first + 1] > 0 ? parts[first + 1] + units[first + 1] : "";
        return parts[first] + units[first] + second;
    }
}
