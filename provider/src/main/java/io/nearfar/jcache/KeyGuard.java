package io.nearfar.jcache;

import io.nearfar.config.KeyRule;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns away keys that break the cache's rule for keys. */
final class KeyGuard<K> {
    private static final int MOST_SHOWN = 60;

    private final String cache;
    private final KeyRule rule;
    private final Pattern allowed;
    private final Function<K, @Nullable String> texts;

    private KeyGuard(String cache, KeyRule rule, Function<K, @Nullable String> texts) {
        this.cache = cache;
        this.rule = rule;
        this.allowed = rule.leading();
        this.texts = texts;
    }

    /**
     * Returns the guard, or null if the rule allows any key.
     *
     * @param texts gives what a person reads in a key, or null if its text does not show it in full
     */
    static <K> @Nullable KeyGuard<K> of(String cache, KeyRule rule, Function<K, @Nullable String> texts) {
        return rule.isNone() ? null : new KeyGuard<>(cache, rule, texts);
    }

    /**
     * Does nothing if the key keeps the rule.
     *
     * @throws IllegalArgumentException if not; names cache, key, what is wrong with it, and the setting
     */
    void check(K key) {
        String text = texts.apply(key);
        if (text == null) {
            throw refused("a key of " + key.getClass().getName() + " has no text that shows it in full: give a text,"
                    + " a standard value, or a ReadableKey that is made of these and no longer than 200 characters");
        }
        int length = text.codePointCount(0, text.length());
        if (length == 0 || length > KeyRule.LONGEST) {
            throw refused("the key " + shown(text) + " has " + length);
        }
        Matcher leading = allowed.matcher(text);
        if (!leading.lookingAt() || leading.end() < text.length()) {
            throw refused("the key " + shown(text) + " has " + named(text.codePointAt(leading.end())) + " at index "
                    + leading.end());
        }
    }

    private IllegalArgumentException refused(String what) {
        return new IllegalArgumentException("Cache " + cache + " takes keys whose text has 1 to " + KeyRule.LONGEST
                + " characters of " + rule.characters() + ", and " + what + "; use another key, or change"
                + " nearfar.cache." + cache + ".keys.strict");
    }

    private static String named(int character) {
        String code = String.format("U+%04X", character);
        return isShown(character) ? code + " (" + Character.toString(character) + ")" : code;
    }

    /** Returns the beginning of a text on one line, with all that cannot be seen escaped. */
    private static String shown(String text) {
        StringBuilder shown = new StringBuilder("'");
        text.codePoints().limit(MOST_SHOWN).forEach(character -> append(shown, character));
        boolean whole = text.codePointCount(0, text.length()) <= MOST_SHOWN;
        return shown.append(whole ? "'" : "…'").toString();
    }

    private static void append(StringBuilder shown, int character) {
        if (isShown(character)) {
            shown.appendCodePoint(character);
        } else {
            shown.append(String.format("\\u%04x", character));
        }
    }

    private static boolean isShown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
