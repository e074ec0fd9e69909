package io.nearfar.config;

import java.util.List;

/**
 * A pattern of keys, in which {@code *} stands for any characters, also none. Keys may come from outside and be of any
 * length: what stands between the stars is looked for once, from left to right, and never again.
 *
 * @param parts what stands before, between and behind the stars; a pattern without a star is one part
 */
record KeyPattern(List<String> parts) {
    static KeyPattern of(String pattern) {
        return new KeyPattern(List.of(pattern.split("\\*", -1)));
    }

    /** Tells whether the whole text is of this pattern. */
    boolean matches(String text) {
        String head = parts.get(0);
        if (parts.size() == 1) {
            return text.equals(head);
        }
        String tail = parts.get(parts.size() - 1);
        int end = text.length() - tail.length();
        return end >= head.length()
                && text.startsWith(head)
                && text.endsWith(tail)
                && holds(text, head.length(), end, parts.subList(1, parts.size() - 1));
    }

    /** Tells whether the parts stand there in their order; where each is met first leaves the most room for the next. */
    private static boolean holds(String text, int start, int end, List<String> middle) {
        int from = start;
        for (String part : middle) {
            int at = text.indexOf(part, from);
            if (at < 0 || at + part.length() > end) {
                return false;
            }
            from = at + part.length();
        }
        return true;
    }
}
