package io.nearfar.key;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Reads a pattern of keys: a step for each character that it speaks of, and one for each star. Used once. */
final class GlobReader {
    /** Stands for any characters; never asked, and told from all other steps. Two of them do not follow each other. */
    static final IntPredicate STAR = new Star();

    private static final IntPredicate ANY = point -> true;
    private static final String SPECIAL = "*?[]\\^";

    /** What stands otherwise in the text of a key that is not a string as it is. */
    private static final String ESCAPED = ":%";

    private static final class Star implements IntPredicate {
        @Override
        public boolean test(int point) {
            return true;
        }
    }

    private final String pattern;
    private final List<IntPredicate> steps = new ArrayList<>();
    private final StringBuilder run = new StringBuilder();
    private String literal = "";
    private int at;

    GlobReader(String pattern) {
        this.pattern = pattern;
        while (at < pattern.length()) {
            read();
        }
        endRun();
    }

    List<IntPredicate> steps() {
        return List.copyOf(steps);
    }

    /** Returns the longest run of characters that stand in the text of a key as they do in the pattern. */
    String literal() {
        return literal;
    }

    /** Tells whether a character means something in a pattern. */
    static boolean isSpecial(char c) {
        return SPECIAL.indexOf(c) >= 0;
    }

    private void read() {
        switch (pattern.charAt(at)) {
            case '*' -> star();
            case '?' -> other(ANY);
            case '[' -> other(oneOf());
            default -> literal(point());
        }
    }

    private void star() {
        if (steps.isEmpty() || steps.get(steps.size() - 1) != STAR) {
            steps.add(STAR);
        }
        at++;
        endRun();
    }

    private void other(IntPredicate step) {
        steps.add(step);
        at++;
        endRun();
    }

    private void literal(int point) {
        steps.add(each -> each == point);
        String character = Character.toString(point);
        boolean asItIs = Escapes.isPlain(character) && ESCAPED.indexOf(point) < 0 && SPECIAL.indexOf(point) < 0;
        if (asItIs) {
            run.append(character);
        } else {
            endRun();
        }
    }

    private void endRun() {
        if (run.length() > literal.length()) {
            literal = run.toString();
        }
        run.setLength(0);
    }

    /** Reads one character, which a backslash may stand before. */
    private int point() {
        if (pattern.charAt(at) == '\\' && ++at == pattern.length()) {
            throw wrong(at - 1, "ends with a backslash that nothing follows; write \\\\ for the character");
        }
        int point = pattern.codePointAt(at);
        if (Character.getType(point) == Character.SURROGATE) {
            throw wrong(at, "has half of a surrogate pair, which no message can carry; write ? for the character");
        }
        at += Character.charCount(point);
        return point;
    }

    /** Reads up to the closing bracket and stays on it. */
    private IntPredicate oneOf() {
        int opened = at++;
        boolean others = at < pattern.length() && pattern.charAt(at) == '^';
        at += others ? 1 : 0;
        IntPredicate some = null;
        while (charInside(opened) != ']') {
            IntPredicate range = range(opened);
            some = some == null ? range : some.or(range);
        }
        if (some == null) {
            throw wrong(
                    opened, "has brackets with nothing in them; name the characters, or write \\[ for the character");
        }
        return others ? some.negate() : some;
    }

    private IntPredicate range(int opened) {
        int place = at;
        int first = point();
        boolean isRange = charInside(opened) == '-' && at + 1 < pattern.length() && pattern.charAt(at + 1) != ']';
        if (!isRange) {
            return point -> point == first;
        }
        at++;
        int last = point();
        if (last < first) {
            throw wrong(place, "has a range that goes backwards; write the lower character first");
        }
        return point -> first <= point && point <= last;
    }

    private char charInside(int opened) {
        if (at >= pattern.length()) {
            throw wrong(opened, "has a bracket that is not closed; add a ], or write \\[ for the character");
        }
        return pattern.charAt(at);
    }

    private IllegalArgumentException wrong(int place, String what) {
        return new IllegalArgumentException(
                "The pattern of keys " + pattern + " " + what + " (character " + (place + 1) + ")");
    }
}
