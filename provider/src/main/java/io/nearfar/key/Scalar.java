package io.nearfar.key;

import java.util.function.Function;

/**
 * A standard type whose values are told by a short text.
 *
 * @param mark the letter that names the type in a key's text; part of the format
 * @param type the class whose direct instances are written so
 * @param writer returns the text, different for values that are not equal
 * @param reader returns the value; throws any RuntimeException if the text is not one of its type
 */
record Scalar<T>(char mark, Class<T> type, Function<T, String> writer, Function<String, T> reader) {
    String write(Object value) {
        return writer.apply(type.cast(value));
    }
}
