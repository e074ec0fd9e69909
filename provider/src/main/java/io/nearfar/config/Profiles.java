package io.nearfar.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The active profiles, and the keys that hold in some profile only: {@code %dev.nearfar.address}, in an environment
 * {@code _DEV_NEARFAR_ADDRESS} (MicroProfile Config, section "Config Profile").
 *
 * @param active in the order in which they count, the last one named first
 */
record Profiles(List<String> active) {
    /** The precedence of a key of a profile that is not active. */
    static final int INACTIVE = -1;

    private static final Pattern KEY = Pattern.compile("%([^.]+)\\.(.*)", Pattern.DOTALL);
    private static final Pattern VARIABLE =
            Pattern.compile("_(.+?)_(" + EnvironmentForm.PREFIX + ".*)", Pattern.DOTALL);
    private static final List<String> NAMED_BY = List.of(ManagerTable.PROFILE.key(), "mp.config.profile");

    /**
     * A key without its profile.
     *
     * @param key the key
     * @param precedence lower counts more within a source; {@link #INACTIVE} if the profile is not active
     */
    record Plain(String key, int precedence) {}

    /** Returns the profiles that the sources name; the first that names some decides. */
    static Profiles in(List<Source> sources) {
        return NAMED_BY.stream()
                .map(key -> first(sources, key))
                .filter(Objects::nonNull)
                .findFirst()
                .map(Profiles::split)
                .orElse(new Profiles(List.of()));
    }

    /** Returns the profile that counts most, or null if none is active. */
    @Nullable
    String first() {
        return active.isEmpty() ? null : active.get(0);
    }

    /** Returns the key without its profile. */
    Plain plain(String key, boolean environment) {
        Matcher profiled = (environment ? VARIABLE : KEY).matcher(key);
        return profiled.matches()
                ? new Plain(profiled.group(2), precedence(profiled.group(1), environment))
                : new Plain(key, active.size());
    }

    private int precedence(String profile, boolean environment) {
        return environment ? forms().indexOf(profile) : active.indexOf(profile);
    }

    private List<String> forms() {
        return active.stream().map(EnvironmentForm::of).toList();
    }

    private static Profiles split(String text) {
        List<String> names = new ArrayList<>(Stream.of(text.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList());
        Collections.reverse(names);
        return new Profiles(List.copyOf(names));
    }

    private static @Nullable String first(List<Source> sources, String key) {
        return sources.stream()
                .flatMap(source -> source.found().stream()
                        .filter(found -> found.key().equals(source.environment() ? EnvironmentForm.of(key) : key)))
                .map(Found::text)
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse(null);
    }
}
