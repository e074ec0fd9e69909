package io.nearfar.cdi.web;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the field {@code Accept} of a request (RFC 9110, section 12.5.1). */
final class AcceptField {
    private static final String HTML = "text/html";
    private static final String JSON = "application/json";

    private AcceptField() {}

    /** Tells whether a page is wanted rather than JSON, which who wants neither more gets. */
    static boolean prefersHtml(@Nullable String field) {
        return field != null && weight(field, HTML) > weight(field, JSON);
    }

    /** The most specific range counts; what is named by none is not wanted. */
    private static double weight(String field, String type) {
        String family = type.substring(0, type.indexOf('/')) + "/*";
        double weight = 0;
        int closest = 0;
        for (String range : field.toLowerCase(Locale.ROOT).split(",")) {
            String[] parts = range.strip().split("\\s*;\\s*");
            int closeness = parts[0].equals(type) ? 3 : parts[0].equals(family) ? 2 : parts[0].equals("*/*") ? 1 : 0;
            if (closeness > closest) {
                closest = closeness;
                weight = quality(parts);
            }
        }
        return weight;
    }

    private static double quality(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].startsWith("q=")) {
                return parts[i].matches("q=(0(\\.\\d{0,3})?|1(\\.0{0,3})?)")
                        ? Double.parseDouble(parts[i].substring(2))
                        : 0;
            }
        }
        return 1;
    }
}
