package io.nearfar.cdi.method;

import org.jspecify.annotations.Nullable;

/**
 * What stands in a pattern before, between or behind the places of values, read as the cache will read it: a mistake would else be
 * found by each call, which then clears the cache. For one reading.
 */
final class PatternPiece {
    private final String text;
    private int at;

    PatternPiece(String text) {
        this.text = text;
    }

    /** Returns what is wrong with it, or null. */
    @Nullable
    String fault() {
        while (at < text.length()) {
            String fault = text.charAt(at) == '[' ? faultOfBrackets() : faultOfCharacter();
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private @Nullable String faultOfCharacter() {
        return character() < 0 ? loneBackslash() : null;
    }

    private static String loneBackslash() {
        return "has a backslash with nothing behind it. Write two for the character";
    }

    private @Nullable String faultOfBrackets() {
        at++;
        if (isAt('^')) {
            at++;
        }
        if (isAt(']')) {
            return "has brackets with nothing in them. Name the characters, or write \\[ for the character";
        }
        while (at < text.length() && !isAt(']')) {
            int first = character();
            boolean isRange = first >= 0 && isAt('-') && at + 1 < text.length() && text.charAt(at + 1) != ']';
            at += isRange ? 1 : 0;
            int last = isRange ? character() : first;
            if (last < 0) {
                return loneBackslash();
            } else if (last < first) {
                return "has a range that goes backwards. Write the lower character first";
            }
        }
        if (at == text.length()) {
            return "has a bracket that is not closed. Add a ], or write \\[ for the character";
        }
        at++;
        return null;
    }

    private boolean isAt(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    /** Reads a character, before which a backslash may stand; returns -1 if nothing comes behind that. */
    private int character() {
        if (text.charAt(at) == '\\' && ++at == text.length()) {
            return -1;
        }
        int point = text.codePointAt(at);
        at += Character.charCount(point);
        return point;
    }
}
