package io.nearfar.tool;

import java.util.regex.Pattern;

/**
 * Texts as a terminal may have them. Values, keys and names are those of whoever can write to the server, and control
 * characters in them would be orders to the terminal.
 */
final class Printable {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");
    private static final Pattern CONTROL_IN_LINES = Pattern.compile("[\\p{Cc}&&[^\\t\\r\\n]]|\\r(?!\\n)");
    private static final String INSTEAD = "?";

    private Printable() {}

    /** Returns a text that stays on its line. */
    static String line(String text) {
        return CONTROL.matcher(text).replaceAll(INSTEAD);
    }

    /** Returns a text that may have several lines, and tabs. */
    static String lines(String text) {
        return CONTROL_IN_LINES.matcher(text).replaceAll(INSTEAD);
    }
}
