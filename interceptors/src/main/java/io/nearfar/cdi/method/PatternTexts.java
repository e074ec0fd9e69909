package io.nearfar.cdi.method;

import io.nearfar.cdi.annotation.InvalidatePattern;
import io.nearfar.cdi.method.TagText.Segment;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The patterns and prefixes of an annotated method.
 *
 * @param patterns patterns of keys, in whose places values are escaped
 * @param prefixes beginnings of keys
 */
public record PatternTexts(List<TagText> patterns, List<TagText> prefixes) {
    /** A longer pattern means nothing. */
    public static final int LONGEST = 500;

    private static final Pattern SPECIAL = Pattern.compile("[*?\\[\\]\\\\^-]");

    /** Returns those of a method with the annotation, which was read without a mistake. */
    public static PatternTexts of(CacheMethod method) {
        int patterns = ((InvalidatePattern) method.members().annotation()).value().length;
        List<TagText> all = method.tags();
        return new PatternTexts(all.subList(0, patterns), all.subList(patterns, all.size()));
    }

    /** Returns what is read of a value in a key: of an enumeration its class and name, of another its text. */
    public static String read(Object value) {
        return value instanceof Enum<?> constant
                ? constant.getDeclaringClass().getName() + "." + constant.name()
                : String.valueOf(value);
    }

    /** Returns the pattern that means a value alone, whatever its characters mean in patterns. */
    public static String escaped(String value) {
        return SPECIAL.matcher(value).replaceAll("\\\\$0");
    }

    /**
     * Returns what is wrong with a pattern, or null. Each piece must be right by itself, for a value has no meaning that could end
     * what a piece begins.
     */
    static @Nullable String fault(TagText pattern) {
        List<String> pieces = pattern.segments().stream().map(Segment::literal).toList();
        if (pieces.stream().mapToInt(String::length).sum() > LONGEST) {
            return "is longer than " + LONGEST + " characters. Write * for some of them";
        }
        return pieces.stream()
                .map(piece -> new PatternPiece(piece).fault())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
