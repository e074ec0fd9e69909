package io.nearfar.config;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One setting: a row of the registry and of the reference page.
 *
 * @param name what follows {@code nearfar.}, or the name of the cache or template
 * @param kind what its values look like
 * @param initial the default as text, or null if there is none
 * @param otherwise what holds when nothing is set, in words; null if {@code initial} says it
 * @param importance its group on the reference page
 * @param places where it may stand
 * @param consequence what it does, in one or two sentences
 */
record Setting<T>(
        String name,
        Kind<T> kind,
        @Nullable String initial,
        @Nullable String otherwise,
        Importance importance,
        Set<Place> places,
        String consequence) {

    /** The first part of every key. */
    static final String PREFIX = "nearfar.";

    /** Returns the default as the reference page shows it. */
    String defaultText() {
        if (otherwise != null) {
            return otherwise;
        }
        return initial == null ? "none" : "`" + initial + "`";
    }

    /** Returns the value of the default, or null if there is none. */
    @Nullable
    T defaultValue() {
        return initial == null ? null : kind.parse(initial);
    }

    /** Returns the value of the default of a setting that has one. */
    T requiredDefault() {
        T value = defaultValue();
        if (value == null) {
            throw new IllegalStateException("The setting " + name + " has no default");
        }
        return value;
    }

    /** Returns the full key with placeholders, as the reference page shows it. */
    String key() {
        if (places.contains(Place.MANAGER)) {
            return PREFIX + name;
        }
        return (places.contains(Place.CACHE) ? Place.CACHE : places.iterator().next()).shown() + name;
    }

    /** Tells whether it may stand there. */
    boolean allows(Place place) {
        return places.contains(place);
    }
}
