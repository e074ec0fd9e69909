package io.nearfar.key;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * A pattern over the readable texts of keys: a string key as it is, {@code 42} of the Integer 42, {@code 42:30d} of a key of
 * two parts. {@code *} stands for any characters, also none; {@code ?} for one character; {@code [abc]}, {@code [a-z]} and
 * {@code [^a]} for one of some or one of all others; a backslash takes its meaning from what follows it. A pattern speaks of the
 * whole text. A key whose text is shortened has none that a pattern could speak of: only {@code *} matches it.
 *
 * <p>A match takes at most as many steps as the lengths of pattern and text multiplied. Equal if the patterns are the same
 * text. Immutable.
 */
public final class Glob implements Predicate<String> {
    private static final int LONGEST = 500;

    private final String pattern;
    private final List<IntPredicate> steps;
    private final String literal;

    private Glob(String pattern, List<IntPredicate> steps, String literal) {
        this.pattern = pattern;
        this.steps = steps;
        this.literal = literal;
    }

    /**
     * Returns what a pattern means.
     *
     * @throws IllegalArgumentException if it means nothing; names it, the place and the cure
     */
    public static Glob of(String pattern) {
        if (pattern.isEmpty()) {
            throw new IllegalArgumentException("A pattern of keys is empty, which matches none; for all keys write *");
        } else if (pattern.length() > LONGEST) {
            throw new IllegalArgumentException("A pattern of keys has " + pattern.length() + " characters, more than "
                    + LONGEST + ": " + pattern.substring(0, 40) + "... ; no readable text is longer than "
                    + ReadableText.LONGEST + ", so end it with * earlier");
        }
        GlobReader reader = new GlobReader(pattern);
        return new Glob(pattern, reader.steps(), reader.literal());
    }

    /**
     * Returns the pattern of all texts that begin so, whatever its characters mean in patterns.
     *
     * @throws IllegalArgumentException if no text is that long; names it and the cure
     */
    public static String ofPrefix(String prefix) {
        if (prefix.length() > ReadableText.LONGEST) {
            throw new IllegalArgumentException(
                    "A prefix of keys has " + prefix.length() + " characters: "
                            + prefix.substring(0, 40) + "... ; what can be read of a key is not longer than "
                            + ReadableText.LONGEST
                            + ", and longer keys are matched by the pattern * alone, so nothing would be removed: shorten the prefix");
        }
        StringBuilder pattern = new StringBuilder(prefix.length() + 8);
        prefix.chars()
                .forEach(c -> pattern.append(GlobReader.isSpecial((char) c) ? "\\" : "")
                        .append((char) c));
        return pattern.append('*').toString();
    }

    /** Returns the pattern as it was written. */
    public String pattern() {
        return pattern;
    }

    /**
     * Returns characters that the text of each key which matches has in a row, as the far tier writes it, and that mean
     * themselves in a pattern of the server; may be empty.
     */
    public String literal() {
        return literal;
    }

    /** Tells whether the key of that text, as the far tier and messages have it, matches. */
    @Override
    public boolean test(String text) {
        String readable = ReadableText.readable(text);
        return readable == null ? isAll() : matches(readable);
    }

    /** Tells whether every key matches, also one of which no text can be read. */
    public boolean isAll() {
        return steps.size() == 1 && steps.get(0) == GlobReader.STAR;
    }

    /** What follows the last star is tried from one place further each time that it fails; earlier stars are done with. */
    private boolean matches(String text) {
        int[] points = text.codePoints().toArray();
        int at = 0;
        int step = 0;
        int star = -1;
        int from = 0;
        while (at < points.length) {
            if (step < steps.size() && steps.get(step) == GlobReader.STAR) {
                star = step++;
                from = at;
            } else if (step < steps.size() && steps.get(step).test(points[at])) {
                step++;
                at++;
            } else if (star >= 0) {
                step = star + 1;
                at = ++from;
            } else {
                return false;
            }
        }
        return step == steps.size() || (step == steps.size() - 1 && steps.get(step) == GlobReader.STAR);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Glob glob && pattern.equals(glob.pattern);
    }

    @Override
    public int hashCode() {
        return pattern.hashCode();
    }

    @Override
    public String toString() {
        return pattern;
    }
}
