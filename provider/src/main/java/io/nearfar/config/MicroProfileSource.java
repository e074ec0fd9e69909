package io.nearfar.config;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.ConfigValue;
import org.jspecify.annotations.Nullable;

/** Reads MicroProfile Config. The only class that needs it, loaded only where it is there. */
final class MicroProfileSource {
    private final Config config;
    private final Mistakes mistakes;

    private MicroProfileSource(Config config, Mistakes mistakes) {
        this.config = config;
        this.mistakes = mistakes;
    }

    /**
     * Returns the settings of the application that {@code loader} belongs to; none if nobody implements the interface.
     * What cannot be read goes to {@code mistakes}.
     */
    static Source read(ClassLoader loader, Mistakes mistakes) {
        Config config = config(loader);
        return config == null ? Source.EMPTY : new MicroProfileSource(config, mistakes).read();
    }

    private static @Nullable Config config(ClassLoader loader) {
        try {
            return ConfigProvider.getConfig(loader);
        } catch (IllegalStateException nobody) {
            return null;
        }
    }

    private Source read() {
        List<Found> found = new ArrayList<>();
        for (String key : keys()) {
            read(key, found);
        }
        return new Source(false, List.copyOf(found));
    }

    private void read(String key, List<Found> found) {
        try {
            ConfigValue value = config.getConfigValue(key);
            if (!isGuessed(key, value)) {
                add(key, value, found);
            }
        } catch (IllegalArgumentException | NoSuchElementException unresolved) {
            mistakes.add(key + " (MicroProfile Config): cannot be read (" + unresolved + ").");
        }
    }

    /**
     * Tells whether a key is only what an implementation makes of the name of an environment variable, with a dot for each underscore:
     * {@code nearfar.connect.timeout} for {@code NEARFAR_CONNECT_TIMEOUT}. The variable itself says what it sets.
     */
    private boolean isGuessed(String key, ConfigValue value) {
        String plain = key.startsWith("%") ? key.substring(key.indexOf('.') + 1) : key;
        String variable = EnvironmentForm.of(plain);
        return KeyReader.ofKey(plain) == null
                && KeyReader.ofEnvironment(variable) != null
                && StreamSupport.stream(config.getConfigSources().spliterator(), false)
                        .filter(source -> source.getName().equals(value.getSourceName()))
                        .flatMap(source -> source.getPropertyNames().stream())
                        .anyMatch(name -> name.equals(variable) || isOfAProfile(name) && name.endsWith("_" + variable));
    }

    /** Tells whether a variable is one of a profile, such as {@code _DEV_NEARFAR_CONNECT_TIMEOUT}. */
    private static boolean isOfAProfile(String variable) {
        return variable.startsWith("_");
    }

    private void add(String key, ConfigValue value, List<Found> found) {
        String where = "MicroProfile Config, " + value.getSourceName();
        if (value.getValue() != null) {
            found.add(new Found(key, value.getValue(), where));
        } else if (value.getRawValue() != null && !value.getRawValue().isBlank()) {
            mistakes.add(
                    key + " (" + where + "): refers with ${ } to a key that is not set. Set that key, or write \\${"
                            + " for the characters themselves.");
        }
    }

    /** Keys that are listed, and those that a source may hold without listing them. */
    private Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        Registry.at(Place.MANAGER).forEach(setting -> keys.add(setting.key()));
        keys.add("mp.config.profile");
        for (String key : config.getPropertyNames()) {
            if (key.startsWith(Setting.PREFIX) || key.startsWith("%") && key.contains("." + Setting.PREFIX)) {
                keys.add(key);
            }
        }
        return keys;
    }
}
