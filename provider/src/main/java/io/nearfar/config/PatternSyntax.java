package io.nearfar.config;

import org.jspecify.annotations.Nullable;

/**
 * What can be wrong with a pattern of keys, or with a piece of one that is to be followed by something. It says what {@code Glob}
 * of the keys says, so that a setting is known to be wrong when it is read.
 */
final class PatternSyntax {
    private final String pattern;
    private int at;

    private PatternSyntax(String pattern) {
        this.pattern = pattern;
    }

    /** Returns what is wrong and what to write instead, or null if nothing is; an empty piece is right. */
    static @Nullable String fault(String piece) {
        return new PatternSyntax(piece).fault();
    }

    private @Nullable String fault() {
        while (at < pattern.length()) {
            String fault = pattern.charAt(at) == '[' ? brackets() : character();
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    /** Passes one character, which a backslash may stand before. */
    private @Nullable String character() {
        if (pattern.charAt(at) == '\\' && ++at == pattern.length()) {
            return "has a backslash that no character follows. Write \\\\ for the character";
        }
        at += Character.charCount(pattern.codePointAt(at));
        return null;
    }

    private @Nullable String brackets() {
        at++;
        at += is('^') ? 1 : 0;
        boolean empty = true;
        while (at < pattern.length() && !is(']')) {
            String fault = range();
            if (fault != null) {
                return fault;
            }
            empty = false;
        }
        if (at == pattern.length()) {
            return "has a bracket that is not closed. Add a ], or write \\[ for the character";
        }
        at++;
        return empty ? "has brackets with nothing in them. Name the characters, or write \\[ for the character" : null;
    }

    private @Nullable String range() {
        int first = at;
        String fault = character();
        boolean isRange = is('-') && at + 1 < pattern.length() && pattern.charAt(at + 1) != ']';
        if (fault != null || !isRange) {
            return fault;
        }
        int last = ++at;
        fault = character();
        return fault == null && point(last) < point(first)
                ? "has a range that goes backwards. Write the lower character first"
                : fault;
    }

    private int point(int place) {
        return pattern.codePointAt(pattern.charAt(place) == '\\' ? place + 1 : place);
    }

    private boolean is(char c) {
        return at < pattern.length() && pattern.charAt(at) == c;
    }
}
