package io.nearfar.config;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the values of a setting look like.
 *
 * @param type one word for the reference page
 * @param unit what a plain number would count, or {@code -}
 * @param allowed what is allowed, with examples, for the text of a refusal
 * @param parser returns the value of a text, or null if the text is not allowed
 */
record Kind<T>(String type, String unit, String allowed, Function<String, @Nullable T> parser) {
    /** The type of the values that are never shown. */
    static final String SECRET = "secret";

    /** Returns the value of {@code text}, or null if it is not allowed. */
    @Nullable
    T parse(String text) {
        return parser.apply(text);
    }

    /** Tells whether values must not be shown. */
    boolean isSecret() {
        return type.equals(SECRET);
    }
}
