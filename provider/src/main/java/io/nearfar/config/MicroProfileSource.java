package io.nearfar.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.ConfigValue;

/** Reads MicroProfile Config. The only class that needs it, loaded only where it is there. */
final class MicroProfileSource {
    private final Config config;

    private MicroProfileSource(Config config) {
        this.config = config;
    }

    /**
     * Returns the settings of the application that {@code loader} belongs to.
     *
     * @throws IllegalStateException if there is the interface, but nobody who implements it
     */
    static Source read(ClassLoader loader) {
        return new MicroProfileSource(ConfigProvider.getConfig(loader)).read();
    }

    private Source read() {
        List<Found> found = new ArrayList<>();
        for (String key : keys()) {
            ConfigValue value = config.getConfigValue(key);
            if (value.getValue() != null) {
                found.add(new Found(key, value.getValue(), "MicroProfile Config, " + value.getSourceName()));
            }
        }
        return new Source(false, List.copyOf(found));
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
