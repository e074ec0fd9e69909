package io.nearfar.config;

import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * One of the places where settings are found.
 *
 * @param environment whether the keys are names of environment variables
 * @param found all its keys, those of others too
 */
record Source(boolean environment, List<Found> found) {
    /** A source without keys. */
    static final Source EMPTY = new Source(false, List.of());

    /** Returns the variables of an environment. */
    static Source ofEnvironment(Map<String, String> variables) {
        return new Source(true, list(variables, "environment"));
    }

    /** Returns keys that are spelled as keys. */
    static Source ofKeys(Map<String, String> keys, String where) {
        return new Source(false, list(keys, where));
    }

    /** Returns properties, with their defaults; values that are no text are taken as text. */
    static Source ofProperties(Properties properties, String where) {
        Map<String, String> keys = new java.util.HashMap<>();
        properties.stringPropertyNames().forEach(key -> keys.put(key, properties.getProperty(key, "")));
        properties.forEach((key, value) -> keys.putIfAbsent(String.valueOf(key), text(key, value)));
        return ofKeys(keys, where);
    }

    private static String text(Object key, Object value) {
        boolean dataSource = key.equals(FallbackSettings.KEY) && !(value instanceof CharSequence);
        return dataSource ? FallbackSettings.OBJECT : String.valueOf(value);
    }

    private static List<Found> list(Map<String, String> keys, String where) {
        return keys.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> new Found(entry.getKey(), entry.getValue(), where))
                .toList();
    }
}
