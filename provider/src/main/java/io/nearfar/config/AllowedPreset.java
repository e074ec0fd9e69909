package io.nearfar.config;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A list of classes that a framework puts into caches, to be allowed by one word. */
public enum AllowedPreset {
    /** The second-level cache of Hibernate ORM by JCache. */
    HIBERNATE,
    /** The caches of Open Liberty: those of authentication. */
    OPEN_LIBERTY,
    /** What Spring's caching and Spring Security put beside the application's own classes. */
    SPRING;

    /** Tells whether a name in {@code codec.allow} is that of a preset, known or not. */
    static boolean isMeant(String name) {
        return name.startsWith("@");
    }

    static boolean isKnown(String name) {
        return Stream.of(values()).anyMatch(preset -> preset.written().equals(name));
    }

    /** Returns all of them as they are written, for texts. */
    static String all() {
        return Stream.of(values()).map(AllowedPreset::written).collect(Collectors.joining(", "));
    }

    /** Returns those that are among the names of {@code codec.allow}. */
    public static List<AllowedPreset> among(List<String> names) {
        return Stream.of(values())
                .filter(preset -> names.contains(preset.written()))
                .toList();
    }

    /** Returns how settings write it, such as {@code @hibernate}. */
    public String written() {
        return "@" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
