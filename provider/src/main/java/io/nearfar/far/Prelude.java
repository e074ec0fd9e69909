package io.nearfar.far;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands before scripts, of which each is given what it uses: Lua makes every function anew in each call.
 *
 * <p>The text is taken apart at its empty lines. What begins with {@code local} at the margin is left out where nothing behind it
 * names it; all else stays.
 */
final class Prelude {
    private static final Pattern COMMENT = Pattern.compile("--.*");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*");
    private static final Pattern LOCAL = Pattern.compile("^local (?:function )?(\\w+(?:, \\w+)*)", Pattern.MULTILINE);

    private final List<Part> parts;

    Prelude(String text) {
        parts = Arrays.stream(text.strip().split("\n\n")).map(Part::new).toList();
    }

    /** Returns the text of a script behind what it uses of this. */
    String before(String script) {
        Set<String> used = new HashSet<>(words(script));
        List<String> texts = new ArrayList<>(List.of(script));
        for (int i = parts.size() - 1; i >= 0; i--) { // backwards, for what a part names stands before it
            Part part = parts.get(i);
            if (part.names.isEmpty() || !Collections.disjoint(part.names, used)) {
                used.addAll(part.words);
                texts.add(part.text);
            }
        }
        Collections.reverse(texts);
        return String.join("\n\n", texts);
    }

    /** Returns the names that a text names, comments apart. */
    private static Set<String> words(String text) {
        return found(WORD, COMMENT.matcher(text).replaceAll(""), 0);
    }

    private static Set<String> found(Pattern pattern, String text, int group) {
        Set<String> found = new HashSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.addAll(List.of(matcher.group(group).split(", ")));
        }
        return found;
    }

    /** What stands between two empty lines. */
    private static final class Part {
        private final String text;
        private final Set<String> names;
        private final Set<String> words;

        private Part(String text) {
            this.text = text;
            this.names = found(LOCAL, text, 1);
            this.words = words(text);
        }
    }
}
