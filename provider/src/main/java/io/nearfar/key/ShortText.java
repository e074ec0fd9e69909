package io.nearfar.key;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The text of a key that cannot be shown in full: {@code ~#}, a head for the reader, {@code #}, the fingerprint. */
final class ShortText {
    private static final int HEAD = 60;

    private ShortText() {}

    static String of(Object key, @Nullable List<? extends @Nullable Object> parts, byte[] canonical) {
        return ReadableText.TYPED + "#" + clean(head(key, parts)) + "#" + Fingerprint.of(canonical);
    }

    private static String head(Object key, @Nullable List<? extends @Nullable Object> parts) {
        if (key instanceof String text) {
            return text.substring(0, Math.min(text.length(), HEAD));
        }
        if (parts != null) {
            return parts.stream().limit(HEAD).map(ShortText::word).collect(Collectors.joining(":"));
        }
        return word(key);
    }

    /** Shows standard values; of all others only the class, for their own text may be long, secret or changing. */
    private static String word(@Nullable Object part) {
        if (part == null) {
            return "null";
        }
        if (part instanceof String text) {
            return text.substring(0, Math.min(text.length(), HEAD));
        }
        Scalar<?> scalar = part instanceof java.math.BigInteger || part instanceof java.math.BigDecimal
                ? null
                : Scalars.of(part.getClass());
        return scalar == null ? part.getClass().getSimpleName() : scalar.write(part);
    }

    private static String clean(String head) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < head.length() && out.length() < HEAD; i++) {
            out.append(Escapes.isPlain(head, i) && !Character.isSurrogate(head.charAt(i)) ? head.charAt(i) : '_');
        }
        return out.toString();
    }
}
