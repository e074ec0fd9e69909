package io.nearfar.sample.place;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Brings a name to the form it is searched in: lower case, without accents, as {@code make-cities.mjs} does. */
public final class Folding {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Map<Character, String> LETTERS = Map.ofEntries(
            Map.entry('ß', "ss"),
            Map.entry('æ', "ae"),
            Map.entry('œ', "oe"),
            Map.entry('ø', "o"),
            Map.entry('đ', "d"),
            Map.entry('ð', "d"),
            Map.entry('þ', "th"),
            Map.entry('ł', "l"),
            Map.entry('ħ', "h"),
            Map.entry('ı', "i"),
            Map.entry('ə', "a"),
            Map.entry('‘', "'"),
            Map.entry('’', "'"),
            Map.entry('”', "\""));

    private Folding() {}

    /** The folded form of what a person typed; surrounding and repeated spaces are gone. */
    public static String fold(String typed) {
        String lower = SPACES.matcher(typed.strip().toLowerCase(Locale.ROOT)).replaceAll(" ");
        String bare =
                MARKS.matcher(Normalizer.normalize(lower, Normalizer.Form.NFD)).replaceAll("");
        StringBuilder folded = new StringBuilder(bare.length());
        for (int i = 0; i < bare.length(); i++) {
            char letter = bare.charAt(i);
            folded.append(LETTERS.getOrDefault(letter, String.valueOf(letter)));
        }
        return folded.toString();
    }
}
