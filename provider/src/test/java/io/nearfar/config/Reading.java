package io.nearfar.config;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** One read of settings in surroundings that a test makes up. */
final class Reading {
    private final Properties properties = new Properties();
    private final Map<String, String> system = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> code = new TreeMap<>();
    private URI uri = URI.create("a:name");
    private ClassLoader loader = Reading.class.getClassLoader();

    /** Starts one that finds nothing. */
    static Reading ofNothing() {
        return new Reading();
    }

    /** Starts one that finds {@code lines}, each {@code key=text}, among the properties of the manager. */
    static Reading of(String... lines) {
        Reading reading = new Reading();
        for (String line : lines) {
            reading.property(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
        }
        return reading;
    }

    Reading property(String key, String text) {
        properties.setProperty(key, text);
        return this;
    }

    Reading properties(Properties others) {
        properties.putAll(others);
        return this;
    }

    Reading system(String key, String text) {
        system.put(key, text);
        return this;
    }

    Reading variable(String name, String text) {
        environment.put(name, text);
        return this;
    }

    /** Adds what a configuration in code sets for the cache cities. */
    Reading code(String setting, String text) {
        code.put(setting, text);
        return this;
    }

    Reading uri(String text) {
        uri = URI.create(text);
        return this;
    }

    Reading loader(ClassLoader other) {
        loader = other;
        return this;
    }

    NearfarSettings read() {
        NearfarSettings settings = SettingsReader.read(uri, properties, loader, new Surroundings(system, environment));
        if (!code.isEmpty()) {
            settings.configured("cities", code);
        }
        return settings;
    }

    /** Reads, and returns the settings of the far tier. */
    FarSettings far() {
        FarSettings far = read().far();
        if (far == null) {
            throw new AssertionError("no far tier was read");
        }
        return far;
    }

    /** Reads, and returns the settings of a cache without configuration in code. */
    CacheSettings cache(String name) {
        return read().cache(name, false);
    }
}
