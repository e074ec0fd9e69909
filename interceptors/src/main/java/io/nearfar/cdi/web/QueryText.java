package io.nearfar.cdi.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the query of a URL. A server would read the body of a form with it, which is then lost to the application. */
public final class QueryText {
    private QueryText() {}

    /** Returns the first value of a parameter, or null if the query has none of that name; one without a value is empty. */
    static @Nullable String first(@Nullable String query, String name) {
        List<String> values = all(query, name);
        return values.isEmpty() ? null : values.get(0);
    }

    /** Returns all values of a parameter as they follow each other; those without a value are empty. */
    public static List<String> all(@Nullable String query, String name) {
        List<String> values = new ArrayList<>();
        for (String pair : query == null ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (name.equals(decoded(equals < 0 ? pair : pair.substring(0, equals)))) {
                values.add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    /** What is encoded wrongly stands for itself. */
    static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }
}
