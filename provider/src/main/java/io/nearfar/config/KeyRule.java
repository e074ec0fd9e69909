package io.nearfar.config;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What the texts of a cache's keys must be like.
 *
 * @param characters those that are allowed, as a class of a regular expression; empty if any key is
 */
public record KeyRule(String characters) {
    /** Any key is allowed. */
    public static final KeyRule NONE = new KeyRule("");

    /** The most characters that the text of a key has under a rule. */
    public static final int LONGEST = 256;

    private static final String VISIBLE = "[!-~]";
    private static final Pattern CLASS = Pattern.compile("\\[(?:[^\\[\\]\\\\]|\\\\.)+\\]");

    /** Returns the rule that a text names, or null if it names none. */
    static @Nullable KeyRule read(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "false" -> NONE;
            case "true" -> new KeyRule(VISIBLE);
            default -> ofClass(text);
        };
    }

    private static @Nullable KeyRule ofClass(String text) {
        if (!CLASS.matcher(text).matches()) {
            return null;
        }
        try {
            Pattern.compile(text);
            return new KeyRule(text);
        } catch (PatternSyntaxException noClass) {
            return null;
        }
    }

    /** Tells whether any key is allowed. */
    public boolean isNone() {
        return characters.isEmpty();
    }

    /** Returns what finds the allowed characters that a text begins with. */
    public Pattern leading() {
        return Pattern.compile(characters + "*+");
    }
}
