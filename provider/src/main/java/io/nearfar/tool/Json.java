package io.nearfar.tool;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes maps, lists, texts, numbers and flags as JSON, on one line. */
final class Json {
    private static final char FIRST_PRINTABLE = 0x20;
    private static final char NO_CHARACTER = '\ufffd';

    private Json() {}

    static String of(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> quoted(String.valueOf(entry.getKey())) + ":" + of(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        } else if (value instanceof List<?> list) {
            return list.stream().map(Json::of).collect(Collectors.joining(",", "[", "]"));
        }
        boolean bare = value == null || value instanceof Boolean || value instanceof Long || value instanceof Integer;
        return bare ? String.valueOf(value) : quoted(String.valueOf(value));
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
