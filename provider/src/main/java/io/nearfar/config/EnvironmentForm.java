package io.nearfar.config;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How a key is written as a name of an environment variable: in capitals, with an underscore for each character that is
 * no letter or digit of ASCII. It is the mapping of MicroProfile Config, section "Environment Variables Mapping Rules".
 */
final class EnvironmentForm {
    /** What the form of every key begins with. */
    static final String PREFIX = "NEARFAR_";

    private static final Pattern ODD = Pattern.compile("[^A-Za-z0-9]");

    private EnvironmentForm() {}

    /** Returns the environment form of a key or of a part of one. */
    static String of(String key) {
        return ODD.matcher(key).replaceAll("_").toUpperCase(Locale.ROOT);
    }
}
