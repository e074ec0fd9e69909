package io.nearfar.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shows keys and their texts to people, and passwords to nobody. */
final class Shown {
    private static final String HIDDEN = "***";
    private static final int LONGEST = 200;

    private static final Pattern SCHEME = Pattern.compile("\\s*[A-Za-z][A-Za-z0-9+.-]*://");

    /** What the key of a secret may look like, also with a slip of the pen in it. */
    private static final Pattern SECRET_KEY = Pattern.compile("(?i)pas|pw|word|secret|token|cred|auth|key");

    private Shown() {}

    /** Returns {@code key = text (source)}. */
    static String line(Found found, Setting<?> setting) {
        return line(found, setting.kind().isSecret() ? HIDDEN : plain(found.text(), setting));
    }

    /** Returns the same for a key that no setting has; its text is hidden if it could be a secret. */
    static String unknown(Found found) {
        boolean secret = SECRET_KEY.matcher(found.key()).find();
        return line(found, secret ? HIDDEN : address(found.text()));
    }

    /** Returns the address without what may be a user, a password or a parameter. */
    static String address(String text) {
        Matcher scheme = SCHEME.matcher(text);
        int start = scheme.lookingAt() ? scheme.end() : 0;
        return text.substring(0, start) + hosts(text.substring(start));
    }

    private static String plain(String text, Setting<?> setting) {
        if (setting == ManagerTable.FALLBACK_DATASOURCE) {
            return dataSource(text);
        }
        return setting.kind() == Kinds.ADDRESS ? address(text) : text;
    }

    /** Returns a name as it is, and of a URL only the kind of database: every driver has its own place for a password. */
    static String dataSource(String text) {
        int end = text.indexOf(':', FallbackSettings.URL.length());
        return text.startsWith(FallbackSettings.URL)
                ? text.substring(0, end < 0 ? FallbackSettings.URL.length() : end + 1) + HIDDEN
                : text;
    }

    private static String hosts(String text) {
        int at = text.lastIndexOf('@');
        int parameters = text.indexOf('?');
        if (at >= 0 && parameters >= 0 || at < 0 && text.startsWith(":")) {
            return HIDDEN;
        }
        if (at >= 0) {
            return HIDDEN + text.substring(at);
        }
        return parameters < 0 ? text : text.substring(0, parameters + 1) + HIDDEN;
    }

    /** Returns a line without breaks. */
    private static String line(Found found, String text) {
        String shortened = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return found.key() + " = " + shortened.replaceAll("\\R", " ") + " (" + found.where() + ")";
    }
}
