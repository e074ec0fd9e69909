package io.nearfar.key;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A standard value as a letter for its type and a short text.
 *
 * @param mark the letter, of {@link Scalars}
 * @param payload the text, not escaped; different for values of one type that are not equal
 */
record Marked(char mark, String payload) {
    private static final int WIDEST_NUMBER = 600;
    private static final int WIDEST_SCALE = 1_000_000;

    /** Returns the value so, or null if it is none of the standard types, or long. */
    static @Nullable Marked of(@Nullable Object value) {
        if (value == null) {
            return new Marked(Scalars.NULL, "null");
        }
        if (value instanceof Enum<?> constant) {
            return new Marked(Scalars.ENUM, constant.getDeclaringClass().getName() + "." + constant.name());
        }
        Scalar<?> scalar = isShort(value) ? Scalars.of(value.getClass()) : null;
        return scalar == null ? null : new Marked(scalar.mark(), scalar.write(value));
    }

    /** Keeps values out whose text would take long to make, or would not be read back. */
    private static boolean isShort(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.unscaledValue().bitLength() < WIDEST_NUMBER
                    && Math.abs((long) decimal.scale()) < WIDEST_SCALE;
        }
        if (value instanceof BigInteger integer) {
            return integer.bitLength() < WIDEST_NUMBER;
        }
        return !(value instanceof String text) || text.length() <= ReadableText.LONGEST;
    }
}
