package io.nearfar.cdi.web;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes maps, lists, texts, numbers and flags as JSON (RFC 8259): servers need not have a library for it. */
final class JsonText {
    private static final char FIRST_PRINTABLE = 0x20;
    private static final char NO_CHARACTER = '\ufffd';

    private JsonText() {}

    static String of(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> quoted(String.valueOf(entry.getKey())) + ":" + of(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        } else if (value instanceof List<?> list) {
            return list.stream().map(JsonText::of).collect(Collectors.joining(",", "[", "]"));
        }
        return isBare(value) ? String.valueOf(value) : quoted(String.valueOf(value));
    }

    /** A number that is none cannot be written as one. */
    private static boolean isBare(@Nullable Object value) {
        return value == null
                || value instanceof Boolean
                || (value instanceof Number number && Double.isFinite(number.doubleValue()));
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(point -> append(out, point));
        return out.append('"').toString();
    }

    /** Half of a pair of surrogates is no character, and no JSON. */
    private static void append(StringBuilder out, int point) {
        if (point == '"' || point == '\\') {
            out.append('\\').append((char) point);
        } else if (point < FIRST_PRINTABLE) {
            out.append(String.format("\\u%04x", point));
        } else {
            out.appendCodePoint(Character.getType(point) == Character.SURROGATE ? NO_CHARACTER : point);
        }
    }
}
