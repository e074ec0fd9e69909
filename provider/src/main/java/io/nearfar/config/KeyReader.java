package io.nearfar.config;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells what a key sets. A cache's name may hold dots: the longest name of a setting at the key's end counts. */
final class KeyReader {
    private static final Map<Place, List<Setting<?>>> SETTINGS =
            Place.OWNED.stream().collect(Collectors.toMap(place -> place, Registry::at));
    private static final Map<String, Setting<?>> OF_MANAGER =
            Registry.at(Place.MANAGER).stream().collect(Collectors.toMap(Setting::key, setting -> setting));
    private static final Map<String, Setting<?>> OF_MANAGER_IN_ENVIRONMENT = Registry.at(Place.MANAGER).stream()
            .collect(Collectors.toMap(setting -> EnvironmentForm.of(setting.key()), setting -> setting));

    private KeyReader() {}

    /** Returns what a key sets, or null if there is no such setting. */
    static @Nullable Target ofKey(String key) {
        Setting<?> setting = OF_MANAGER.get(key);
        if (setting != null) {
            return new Target(Place.MANAGER, "", false, setting);
        }
        return Place.OWNED.stream()
                .filter(place -> key.startsWith(place.start()))
                .map(place -> owned(place, key.substring(place.start().length())))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Returns what an environment variable of that name sets, or null if there is no such setting. */
    static @Nullable Target ofEnvironment(String variable) {
        Setting<?> setting = OF_MANAGER_IN_ENVIRONMENT.get(variable);
        if (setting != null) {
            return new Target(Place.MANAGER, "", true, setting);
        }
        return Place.OWNED.stream()
                .map(place -> ofEnvironment(place, variable, EnvironmentForm.of(place.start())))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Target ofEnvironment(Place place, String variable, String start) {
        if (!variable.startsWith(start)) {
            return null;
        }
        String rest = variable.substring(start.length());
        for (Setting<?> setting : Registry.at(place)) {
            String end = "_" + EnvironmentForm.of(setting.name());
            if (isOwned(rest, end)) {
                return new Target(place, rest.substring(0, rest.length() - end.length()), true, setting);
            }
        }
        return null;
    }

    private static @Nullable Target owned(Place place, String rest) {
        for (Setting<?> setting : SETTINGS.getOrDefault(place, List.of())) {
            String end = "." + setting.name();
            if (isOwned(rest, end)) {
                return new Target(place, unquoted(rest.substring(0, rest.length() - end.length())), false, setting);
            }
        }
        return null;
    }

    private static boolean isOwned(String rest, String end) {
        return rest.endsWith(end) && rest.length() > end.length();
    }

    /** Quotation marks keep a name from running into the setting: {@code nearfar.cache."orders.near".ttl}. */
    private static String unquoted(String name) {
        boolean quoted = name.length() > 2 && name.startsWith("\"") && name.endsWith("\"");
        return quoted ? name.substring(1, name.length() - 1) : name;
    }
}
