package io.nearfar.config;

import java.util.regex.Pattern;

/** Shows keys and their texts to people, and passwords to nobody. */
final class Shown {
    private static final String HIDDEN = "***";
    private static final int LONGEST = 200;
    private static final Pattern CREDENTIALS =
            Pattern.compile("(?s)((?:^|[,\\s])\\s*[A-Za-z][A-Za-z0-9+.-]*://)?([^\\s]*)@");
    private static final Pattern PARAMETERS = Pattern.compile("(?s)\\?.*");

    private Shown() {}

    /** Returns {@code key = text (source)}. */
    static String line(Found found, Setting<?> setting) {
        return found.key() + " = " + text(found.text(), setting) + " (" + found.where() + ")";
    }

    /** Returns the address without what may be a user, a password or a parameter. */
    static String address(String text) {
        return PARAMETERS
                .matcher(CREDENTIALS.matcher(text).replaceAll("$1" + HIDDEN + "@"))
                .replaceAll("?" + HIDDEN);
    }

    private static String text(String text, Setting<?> setting) {
        if (setting.kind().isSecret()) {
            return HIDDEN;
        }
        return shortened(setting == ManagerTable.ADDRESS ? address(text) : text);
    }

    private static String shortened(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
